import { randomBytes, createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CompanyFixture, createApiKey } from '#db/factories.ts';
import { SCOPES } from '#src/permissions.ts';
import { context } from '../context.ts';
import type { Shop } from './shop.ts';

export const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** An API key of the company. */
export async function apiKey(company: CompanyFixture): Promise<string> {
  const key = `dk_${randomBytes(32).toString('base64url')}`;
  await createApiKey(context({ kind: 'nobody' }).db, {
    companyId: company.id,
    createdBy: company.staff[0]?.userId ?? 'usr_',
    hash: hashOf(key),
    prefix: key.slice(0, 12),
    name: 'Test',
    scopes: [...SCOPES],
  });
  return key;
}

export interface ApiRequest {
  key: string;
  path: string;
  body: string;
  once: string;
}

/** `status` 0: nobody answered. */
export interface ApiAnswer {
  status: number;
  text: string;
  replayed: boolean;
}

/** One POST under an Idempotency-Key. */
export async function post(shop: Shop, request: ApiRequest): Promise<ApiAnswer> {
  const { key, path, body, once } = request;
  try {
    const response = await fetch(`${shop.worker.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': once,
      },
      body,
    });
    const replayed = response.headers.get('Idempotent-Replayed') === 'true';
    return { status: response.status, text: await response.text(), replayed };
  } catch {
    return { status: 0, text: '', replayed: false };
  }
}

/** Sends it until somebody says what became of it, as a client does that tries again. */
export async function postUntilKnown(
  shop: Shop,
  request: ApiRequest,
): Promise<ApiAnswer & { tries: number }> {
  for (let tries = 1; tries < 1000; tries += 1) {
    const answer = await post(shop, request);
    const isOpen = answer.status === 0 || answer.status >= 500 || answer.status === 409;
    if (!isOpen) return { ...answer, tries };
    await sleep(10);
  }
  throw new Error(`Nobody says what became of ${request.once}.`);
}

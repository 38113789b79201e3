import { expect } from 'vitest';
import { someAddress } from './address.ts';
import { server } from './server.ts';
import { workerdCpu } from './workerd-process.ts';

/** A request that somebody sends; each is sent from an address of its own. */
export interface Sent {
  path: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT';
  headers?: Record<string, string>;
  body?: string | FormData | Uint8Array<ArrayBuffer>;
}

/** One input: its bound, and what costs most on either side of it. */
export interface Row {
  input: string;
  bound: string;
  /** The largest that is read; null where it is not the input that is large. */
  allowed: () => Sent;
  /** The smallest that is not. */
  refused: () => Sent;
  /** As much as a body or a header can hold. */
  most?: () => Sent;
  /** Files and pictures may cost more, off the thread that answers pages. */
  isFile?: boolean;
}

/** What a request cost: in CPU of workerd, in milliseconds, and what it was answered with. */
export interface Cost {
  cpu: number;
  status: number;
  bytes: number;
}

/** No page or error is larger. */
export const ANSWER_MAX = 300 * 1024;
/** A hash takes 40 ms, a request may take 250 ms, and what has a file 1 s. */
const HASH_MS = 40;
export const HASHES = { request: 250 / HASH_MS, file: 1000 / HASH_MS };

const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin' };

async function send({ path, method, headers, body }: Sent): Promise<Omit<Cost, 'cpu'>> {
  const form = body instanceof FormData ? new Response(body) : null;
  const contentType = form?.headers.get('Content-Type');
  const response = await server.fetch(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...SAME_ORIGIN,
      'CF-Connecting-IP': someAddress(),
      ...(contentType && { 'Content-Type': contentType }),
      ...headers,
    },
    ...(body !== undefined && { body: form ? await form.arrayBuffer() : (body as string) }),
  });
  const { byteLength: bytes } = await response.arrayBuffer();
  return { status: response.status, bytes };
}

/** What one request costs; of several the middle one, as others' work is in the same processes. */
export async function costOf(make: () => Sent, times: number): Promise<Cost> {
  const costs: Cost[] = [];
  for (let n = 0; n < times; n += 1) {
    const sent = make();
    const before = workerdCpu();
    const answer = await send(sent);
    costs.push({ ...answer, cpu: workerdCpu() - before });
  }
  return middle(costs.toSorted((a, b) => a.cpu - b.cpu));
}

export function middle<T>(sorted: readonly T[]): T {
  return sorted[Math.floor(sorted.length / 2)] ?? expect.fail('Nothing was measured.');
}

type Hashing = {
  getByName(name: string): { verify(password: string, phc: null): Promise<unknown> };
};

/** What one argon2 hash costs, in the object that hashes passwords. */
export async function hashCost(times: number): Promise<number> {
  const env = await server.getWorker<{ PASSWORD_HASHING: Hashing }>().getEnv();
  const object = env.PASSWORD_HASHING.getByName('costs');
  await object.verify('warm', null);
  const costs: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const before = workerdCpu();
    await object.verify('a wrong password', null);
    costs.push(workerdCpu() - before);
  }
  return middle(costs.toSorted((a, b) => a - b));
}

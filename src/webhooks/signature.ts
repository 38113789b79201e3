/** What signs a delivery: the former secrets only while their 24 hours last (decisions 15 and 44). */
interface Secrets {
  secret: string;
  /** The newest former one. */
  previous: string | null;
  /** Those before it, newest first. */
  earlier: readonly string[];
}

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and standard base64 of 32 random bytes. */
export function newSecret(): string {
  return PREFIX + base64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/**
 * Everything a delivery is signed with (decision 15): hex over the body alone, keyed with the secret as it is shown, and
 * Standard Webhooks over `id.timestamp.body`, keyed with the bytes it stands for. Standard Webhooks takes a signature of each
 * secret; the plain ones are of the newest two.
 * @param body exactly what is sent
 */
export async function signatureHeaders(
  { secret, previous, earlier }: Secrets,
  { id, body, now }: { id: string; body: string; now: Date },
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const secrets = previous === null ? [secret] : [secret, previous, ...earlier];
  const content = `${id}.${timestamp}.${body}`;
  const [standard, [plain, plainPrevious]] = await Promise.all([
    Promise.all(secrets.map(async (one) => `v1,${base64(await hmac(bytesOf(one), content))}`)),
    Promise.all(secrets.slice(0, 2).map(async (one) => hex(await hmac(utf8(one), body)))),
  ]);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': standard.join(' '),
    'X-Webhook-Signature': plain ?? '',
    ...(plainPrevious !== undefined && { 'X-Webhook-Signature-Previous': plainPrevious }),
  };
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, utf8(text)));
}

const utf8 = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { SignJWT, base64url, errors, jwtVerify } from 'jose';

type Claims = Record<string, unknown>;
/** One signing key; the first of a list signs, all of them verify. */
export type TokenKey = { readonly kid: string; readonly secret: Uint8Array; imported?: CryptoKey };

const ALGORITHM = 'HS256';
const SECRET_BYTES = 32;

/** The keys of the one `SESSION_KEYS` an isolate has, so that they are imported once and not in every request. */
let latest: { text: string; keys: readonly TokenKey[] } | undefined;

/** Reads `SESSION_KEYS`: `kid:secret[,kid:secret…]`, secrets being 32 bytes in base64url. Throws when it is not that. */
export function parseKeys(text: string): readonly TokenKey[] {
  if (latest?.text === text) return latest.keys;
  const keys = text.split(',').map((entry) => {
    const [, kid = '', secret = ''] = /^\s*([\w-]+):([\w-]{43})\s*$/.exec(entry) ?? [];
    return { kid, secret: base64url.decode(secret) };
  });
  const sound = keys.every(({ secret }) => secret.length === SECRET_BYTES);
  if (!sound || new Set(keys.map(({ kid }) => kid)).size < keys.length) {
    throw new Error(
      'SESSION_KEYS must be kid:secret[,kid:secret…], secrets 32 bytes in base64url.',
    );
  }
  latest = { text, keys };
  return keys;
}

/**
 * A signed token (JWT, HS256) that only `verifyToken` with the same purpose accepts: a reset link never opens a
 * session. Without `expiresAt` it does not expire by itself.
 */
export async function signToken(
  keys: readonly TokenKey[],
  purpose: string,
  claims: Claims,
  expiresAt?: Date,
): Promise<string> {
  const [key] = keys;
  if (!key) throw new Error('There is no key to sign with.');
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid })
    .setAudience(purpose);
  if (expiresAt) token.setExpirationTime(expiresAt);
  return token.sign(await imported(key));
}

/** What was signed for this purpose, or null when the token is forged, altered, expired or of an unknown key. */
export async function verifyToken(
  keys: readonly TokenKey[],
  purpose: string,
  token: string,
  now: Date,
): Promise<Claims | null> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.find((candidate) => candidate.kid === kid);
        if (!key) throw new errors.JWSSignatureVerificationFailed();
        return imported(key);
      },
      { algorithms: [ALGORITHM], audience: purpose, currentDate: now },
    );
    const { aud: _purpose, exp: _expiry, ...claims } = payload;
    return claims;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

async function imported(key: TokenKey): Promise<CryptoKey> {
  key.imported ??= await crypto.subtle.importKey(
    'raw',
    Uint8Array.from(key.secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  return key.imported;
}

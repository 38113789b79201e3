import { SignJWT, UnsecuredJWT, base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseKeys, signToken, verifyToken } from './tokens.ts';

const secretOf = (byte: number) => base64url.encode(new Uint8Array(32).fill(byte));
const OLD = `a1:${secretOf(1)}`;
const NEW = `b2:${secretOf(2)}`;
const now = new Date('2026-11-01T12:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('parseKeys', () => {
  it('reads one key or several', () => {
    expect(parseKeys(OLD)).toMatchObject([{ kid: 'a1', secret: new Uint8Array(32).fill(1) }]);
    expect(parseKeys(`${NEW}, ${OLD}`).map((key) => key.kid)).toEqual(['b2', 'a1']);
  });

  it('reads the same text once', () => {
    expect(parseKeys(OLD)).toBe(parseKeys(OLD));
  });

  it.each([
    '',
    'a1',
    'a1:',
    `:${secretOf(1)}`,
    'a1:c2hvcnQ',
    `${OLD},${OLD}`,
    `${OLD},`,
    `${OLD}:x`,
  ])('refuses %j', (text) => {
    expect(() => parseKeys(text)).toThrow('SESSION_KEYS must be');
  });
});

describe('tokens', () => {
  const keys = parseKeys(OLD);

  it('come back as they were signed', async () => {
    const token = await signToken(keys, 'session', { sid: 'ses_1', n: 2 });
    expect(await verifyToken(keys, 'session', token, now)).toEqual({ sid: 'ses_1', n: 2 });
  });

  it('serve one purpose only', async () => {
    const token = await signToken(keys, 'password_reset', { uid: 'usr_1' });
    expect(await verifyToken(keys, 'session', token, now)).toBeNull();
  });

  it('expire', async () => {
    const token = await signToken(keys, 'reset', {}, later(60));
    expect(await verifyToken(keys, 'reset', token, later(59))).toEqual({});
    expect(await verifyToken(keys, 'reset', token, later(60))).toBeNull();
  });

  it('survive a new key, and die with their own', async () => {
    const token = await signToken(keys, 'session', { sid: 'ses_1' });
    expect(await verifyToken(parseKeys(`${NEW},${OLD}`), 'session', token, now)).not.toBeNull();
    expect(await verifyToken(parseKeys(NEW), 'session', token, now)).toBeNull();
    const renewed = await signToken(parseKeys(`${NEW},${OLD}`), 'session', {});
    expect(await verifyToken(keys, 'session', renewed, now)).toBeNull();
  });

  it('cannot be forged or altered', async () => {
    const token = await signToken(keys, 'session', { sid: 'ses_1' });
    const [header, , signature] = token.split('.');
    const payload = base64url.encode(JSON.stringify({ sid: 'ses_2', aud: 'session' }));
    const unsigned = new UnsecuredJWT({ sid: 'ses_1' }).setAudience('session').encode();
    const foreign = await new SignJWT({ sid: 'ses_1' })
      .setProtectedHeader({ alg: 'HS256', kid: 'a1' })
      .setAudience('session')
      .sign(new Uint8Array(32).fill(9));
    const longer = await new SignJWT({ sid: 'ses_1' })
      .setProtectedHeader({ alg: 'HS512', kid: 'a1' })
      .setAudience('session')
      .sign(new Uint8Array(64).fill(1));
    const bad = [
      `${header}.${payload}.${signature}`,
      unsigned,
      foreign,
      longer,
      '',
      'x',
      'a.b.c',
      '..',
    ];
    for (const forged of bad) {
      expect(await verifyToken(keys, 'session', forged, now)).toBeNull();
    }
  });
});

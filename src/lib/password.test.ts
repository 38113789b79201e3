import { argon2Verify, argon2id } from 'argon2-wasm-edge';
import { describe, expect, it } from 'vitest';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';

const PASSWORD = 'correct horse é 🐎';
const phcOf = (iterations: number, memorySize: number) =>
  argon2id({
    password: PASSWORD,
    salt: crypto.getRandomValues(new Uint8Array(16)),
    parallelism: 1,
    iterations,
    memorySize,
    hashLength: 32,
    outputType: 'encoded',
  });

describe('argon2Hasher', () => {
  it('makes a PHC string that other implementations read', async () => {
    const phc = await argon2Hasher.hash(PASSWORD);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await argon2Verify({ password: PASSWORD, hash: phc })).toBe(true);
    expect(phc).not.toBe(await argon2Hasher.hash(PASSWORD));
  });

  it('knows the right password and no other', async () => {
    const phc = await argon2Hasher.hash(PASSWORD);
    expect(await argon2Hasher.verify(PASSWORD, phc)).toEqual({ ok: true, rehash: false });
    for (const wrong of [`${PASSWORD} `, PASSWORD.toUpperCase(), '', '\0', 'x'.repeat(5000)]) {
      expect(await argon2Hasher.verify(wrong, phc)).toEqual({ ok: false, rehash: false });
    }
  });

  it('takes composed and decomposed letters for the same', async () => {
    const phc = await argon2Hasher.hash('passwort-é'.normalize('NFC'));
    expect((await argon2Hasher.verify('passwort-é'.normalize('NFD'), phc)).ok).toBe(true);
  });

  it('asks for a new hash when the parameters were others', async () => {
    const weaker = await phcOf(1, 8192);
    expect(await argon2Hasher.verify(PASSWORD, weaker)).toEqual({ ok: true, rehash: true });
    expect(await argon2Hasher.verify('wrong', weaker)).toEqual({ ok: false, rehash: false });
  });

  it('says no where there is no password, after the same work', async () => {
    const phc = await argon2Hasher.hash(PASSWORD);
    // Time of the processor: what else runs on the machine does not count.
    const work = async (stored: string | null) => {
      const before = process.cpuUsage();
      expect((await argon2Hasher.verify('wrong password', stored)).ok).toBe(false);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await work(phc);
    const known = Math.min(await work(phc), await work(phc), await work(phc));
    const unknown = Math.min(await work(null), await work(null), await work(null));
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('agrees with the reference implementation’s vector', async () => {
    const phc =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect((await argon2Hasher.verify('password', phc)).ok).toBe(true);
  });

  it('reports a stored hash that is none', async () => {
    await expect(argon2Hasher.verify(PASSWORD, 'plain')).rejects.toThrow('not an argon2id PHC');
  });
});

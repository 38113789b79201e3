import { randomInt } from 'node:crypto';

/** A client address of its own, so that no test uses up another one's attempts. */
export const someAddress = () => `198.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** `npm run prove -- <name>` runs the test files whose path contains the name in full. */
const inFull = process.env['PROVE'] === '1';

/** How many of what costs time a test does: `reduced` in CI, `full` with `npm run prove`. */
export const count = (reduced: number, full: number): number => (inFull ? full : reduced);

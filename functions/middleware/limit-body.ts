import { bodyLimit } from 'hono/body-limit';
import { AppError } from '#src/lib/errors.ts';

const MEGABYTE = 1_048_576;

/** Refuses what nobody types: a body is held in memory whole, by strangers' log-ins as by the API. */
export const limitBody = bodyLimit({
  maxSize: MEGABYTE,
  onError: () => {
    throw new AppError('too_large', 'The body is larger than 1 MB.');
  },
});

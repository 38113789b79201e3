import { connect } from '#db/client.ts';
import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import { randomId } from '#src/lib/random-id.ts';
import { configuration } from './configuration.ts';

/** What verbs are handed outside a request: by a queue message or the clock. */
export function jobContext(env: Env, entry: Entry = { kind: 'nobody' }): Ctx {
  const requestId = randomId();
  const { origin, keys } = configuration(env);
  return newCtx({
    db: connect(env.DATABASE_URL, requestId),
    entry,
    now: new Date(),
    requestId,
    origin,
    keys,
  });
}

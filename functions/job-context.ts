import { connect } from '#db/client.ts';
import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import { parseKeys } from '#src/lib/tokens.ts';
import { randomId } from '#src/lib/random-id.ts';
import { ownOrigin } from './own-origin.ts';

/** What verbs are handed outside a request: by a queue message or the clock. */
export function jobContext(env: Env, entry: Entry = { kind: 'nobody' }): Ctx {
  const requestId = randomId();
  return newCtx({
    db: connect(env.DATABASE_URL, requestId),
    entry,
    now: new Date(),
    requestId,
    origin: ownOrigin(env),
    keys: parseKeys(env.SESSION_KEYS),
  });
}

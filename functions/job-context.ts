import { connect } from '#db/client.ts';
import type { Ctx, Entry } from '#src/context.ts';
import { parseKeys } from '#src/lib/tokens.ts';
import { randomId } from '#src/lib/random-id.ts';

/** What verbs are handed outside a request: by a queue message or the clock. */
export function jobContext(env: Env, entry: Entry = { kind: 'nobody' }): Ctx {
  const requestId = randomId();
  return {
    db: connect(env.DATABASE_URL, requestId),
    entry,
    now: new Date(),
    requestId,
    origin: env.PUBLIC_URL,
    keys: parseKeys(env.SESSION_KEYS),
    staff: null,
    api: null,
    store: null,
    customer: null,
    guard: null,
    due: { mails: [], deliveries: [] },
  };
}

import type { Ctx } from '#src/context.ts';
import type { Scope } from '#src/permissions.ts';

/** What a request carries through the middleware; the bindings are the Worker's own. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Set by the middleware that knows how the request comes in; there is none before it. */
    ctx: Ctx;
    /** What the API route asks of its key. */
    scope?: Scope;
  };
};

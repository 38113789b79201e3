import type { Id } from '#db/ids.ts';
import type { Ctx } from '#src/context.ts';
import type { CarriedForm } from './accounts/carried-form.ts';
import type { Scope } from '#src/permissions.ts';

/** What a request carries through the middleware; the bindings are the Worker's own. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Set by the middleware that knows how the request comes in; there is none before it. */
    ctx: Ctx;
    /** Which company a customer's cookie or a known API key is of, before the database is asked. */
    companyId?: Id<'company'>;
    /** What the API route asks of its key. */
    scope?: Scope;
    /** A form that was posted before the log-in: it is only shown again. */
    resumed?: CarriedForm;
  };
};

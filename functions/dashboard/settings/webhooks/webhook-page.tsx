import type { Context } from 'hono';
import { staffOf } from '#src/context.ts';
import { localTimeIn } from '#src/lib/zoned-time.ts';
import { portProblem } from '#src/webhooks/public-url.ts';
import type { Webhook } from '#src/webhooks/queries.ts';
import { deliveryView, getWebhookLog } from '#src/webhooks/webhook-log.ts';
import type { AppEnv } from '../../../app-env.ts';
import type { RefusedForm } from '../../../views/form.tsx';
import { Stack } from '../../../views/layout.tsx';
import { addressRules } from '../../../webhook-address-rules.ts';
import { settingsPage } from '../settings-page.tsx';
import { webhookId } from './paths.ts';
import { DeliveryLog } from './delivery-log.tsx';
import { AllWebhooks, OldPort, ReplayCard, WebhookCard } from './webhook-card.tsx';
import { EditWebhookForm } from './webhook-form.tsx';

const PAGE_SIZE = 25;
const REPLAYED_HOURS = 6;

/**
 * The webhook with its deliveries, perhaps with a replay that could not be started.
 * @throws AppError not_found
 */
export async function webhookPage(c: Context<AppEnv>, problem?: RefusedForm): Promise<Response> {
  const { ctx } = c.var;
  const id = webhookId(c);
  const view = deliveryView(c.req.query());
  const { webhook, deliveries } = await getWebhookLog(ctx, id, { ...view, limit: PAGE_SIZE });
  const { timeZone } = staffOf(ctx);
  const from = new Date(ctx.now.getTime() - REPLAYED_HOURS * 3_600_000);
  const range = { from: localTimeIn(timeZone, from), to: localTimeIn(timeZone, ctx.now) };
  return settingsPage(
    c,
    { title: 'Webhook', status: problem ? 422 : 200 },
    <Stack>
      <AllWebhooks />
      {portProblem(webhook.url, addressRules(c.env, ctx.origin)) && <OldPort url={webhook.url} />}
      <WebhookCard webhook={webhook} timeZone={timeZone} />
      <DeliveryLog webhookId={id} page={deliveries} view={view} timeZone={timeZone} />
      {(webhook.active || problem) && (
        <ReplayCard webhook={webhook} timeZone={timeZone} range={range} problem={problem} />
      )}
    </Stack>,
  );
}

/** The form on a webhook as it is, perhaps with what could not be saved as it was typed. */
export function editPage(
  c: Context<AppEnv>,
  { id, url, events, active, version }: Webhook,
  problem?: RefusedForm,
  status: 200 | 409 | 422 = 200,
): Response | Promise<Response> {
  // What was sent stays based on the version it was typed on, unless it has been shown beside a newer one.
  const typedOn = status === 422 ? Number(problem?.values?.['version']) : version;
  return settingsPage(
    c,
    { title: 'Edit webhook', status },
    <EditWebhookForm
      id={id}
      version={typedOn}
      values={{ url, events, active }}
      problem={problem}
    />,
  );
}

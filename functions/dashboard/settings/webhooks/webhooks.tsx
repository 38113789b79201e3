import { type Context, Hono } from 'hono';
import { type Id, newId } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import { checkViewer } from '#src/tenant.ts';
import { createWebhook } from '#src/webhooks/create-webhook.ts';
import { listWebhooksWithResults } from '#src/webhooks/queries.ts';
import { TOO_MANY, WebhookForm, withNewUrlRules } from '#src/webhooks/schema.ts';
import type { AppEnv } from '../../../app-env.ts';
import { parseForm } from '../../../parse-form.ts';
import type { RefusedForm } from '../../../views/form.tsx';
import { addressRules } from '../../../webhook-address-rules.ts';
import { settingsPage } from '../settings-page.tsx';
import { formKey } from './paths.ts';
import { NewWebhookForm } from './webhook-form.tsx';
import { WebhookList } from './webhook-list.tsx';
import { NewSecret, SecretWasShown } from './new-secret.tsx';

/** `/dashboard/settings/webhooks`: all of them, and new ones. */
export const webhooks = new Hono<AppEnv>()
  .get('/settings/webhooks', async (c) => {
    const rows = await listWebhooksWithResults(c.var.ctx);
    const { timeZone } = staffOf(c.var.ctx);
    return settingsPage(
      c,
      { title: 'Webhooks' },
      <WebhookList rows={rows} rules={addressRules(c.env, c.var.ctx.origin)} timeZone={timeZone} />,
    );
  })
  .get('/settings/webhooks/new', async (c) => {
    await checkViewer(c.var.ctx, 'webhooks:write');
    return showForm(c, newId('webhook'));
  })
  .post('/settings/webhooks/new', async (c) => {
    const rules = addressRules(c.env, c.var.ctx.origin);
    const form = await parseForm(c, withNewUrlRules(WebhookForm, rules));
    const id = await formKey(c);
    if (!form.ok) {
      await checkViewer(c.var.ctx, 'webhooks:write');
      return showForm(c, id, form);
    }
    const result = await createWebhook(c.var.ctx, form.data.input, rules, id);
    if (result.ok) {
      return settingsPage(
        c,
        { title: 'New webhook' },
        <NewSecret title="The webhook is created" {...result} />,
      );
    }
    switch (result.reason) {
      case 'too_many':
        return showForm(c, id, { values: form.values, message: TOO_MANY });
      case 'already_created':
        return settingsPage(
          c,
          { title: 'New webhook', status: 409 },
          <SecretWasShown title="The webhook was already created" webhook={result.webhook} />,
        );
    }
  });

function showForm(c: Context<AppEnv>, id: Id<'webhook'>, problem?: RefusedForm) {
  return settingsPage(
    c,
    { title: 'New webhook', status: problem ? 422 : 200 },
    <NewWebhookForm id={id} problem={problem} />,
  );
}

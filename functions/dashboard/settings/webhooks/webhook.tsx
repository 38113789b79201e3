import { type Context, Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { countOf } from '#src/lib/format-number.ts';
import { deleteWebhook } from '#src/webhooks/delete-webhook.ts';
import { getDelivery } from '#src/webhooks/delivery-queries.ts';
import { getWebhook } from '#src/webhooks/queries.ts';
import { redeliver } from '#src/webhooks/redeliver.ts';
import { replay } from '#src/webhooks/replay.ts';
import { GRACE_HOURS, ROTATION_LIMIT, rotateSecret } from '#src/webhooks/rotate-secret.ts';
import {
  ActiveForm,
  ReplayForm,
  VersionForm,
  WebhookForm,
  withAddressRules,
} from '#src/webhooks/schema.ts';
import { sendTestEvent } from '#src/webhooks/send-test-event.ts';
import { updateWebhook } from '#src/webhooks/update-webhook.ts';
import type { AppEnv } from '../../../app-env.ts';
import { setFlash } from '../../../flash.ts';
import { parseForm } from '../../../parse-form.ts';
import { addressRules } from '../../../webhook-address-rules.ts';
import { settingsPage } from '../settings-page.tsx';
import { WEBHOOKS_PATH, deliveryId, deliveryPath, webhookId, webhookPath } from './paths.ts';
import { DeliveryPage } from './delivery-page.tsx';
import { editPage, webhookPage } from './webhook-page.tsx';
import { NewSecret, SecretWasShown } from './new-secret.tsx';

const CHANGED_MEANWHILE =
  'Somebody else has saved this webhook since you opened this page. Below is what you entered; saving again replaces theirs.';

/** `/dashboard/settings/webhooks/{id}`: one webhook, its deliveries, and all that can be done with them. */
export const webhook = new Hono<AppEnv>()
  .get('/settings/webhooks/:id', (c) => webhookPage(c))
  .get('/settings/webhooks/:id/edit', async (c) =>
    editPage(c, await getWebhook(c.var.ctx, webhookId(c))),
  )
  .post('/settings/webhooks/:id/edit', async (c) => {
    const rules = addressRules(c.env, c.var.ctx.origin);
    const id = webhookId(c);
    const form = await parseForm(c, withAddressRules(WebhookForm, rules));
    if (!form.ok) return editPage(c, await getWebhook(c.var.ctx, id), form, 422);
    const { version, input } = form.data;
    const result = await updateWebhook(c.var.ctx, id, input, rules, version).catch(badPort);
    if (result instanceof AppError) {
      const problem = { values: form.values, errors: { url: [result.message] } };
      return editPage(c, await getWebhook(c.var.ctx, id), problem, 422);
    }
    if (!result.ok) {
      const problem = { values: form.values, message: CHANGED_MEANWHILE };
      return editPage(c, result.current, problem, 409);
    }
    setFlash(
      c,
      result.changed
        ? { tone: 'success', text: 'The webhook is saved.' }
        : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
    );
    return c.redirect(webhookPath(id), 303);
  })
  .post('/settings/webhooks/:id/active', async (c) => {
    const id = webhookId(c);
    const form = await parseForm(c, ActiveForm);
    if (!form.ok) throw new AppError('validation', 'Choose on or off.');
    const active = form.data.active === 'on';
    await updateWebhook(c.var.ctx, id, { active }, addressRules(c.env, c.var.ctx.origin), null);
    setFlash(c, {
      tone: 'success',
      text: active ? 'The webhook is on.' : 'The webhook is off. Nothing is sent.',
    });
    return c.redirect(webhookPath(id), 303);
  })
  .post('/settings/webhooks/:id/rotate-secret', async (c) => {
    const form = await parseForm(c, VersionForm);
    const id = webhookId(c);
    const result = await rotateSecret(c.var.ctx, id, form.ok ? form.data.version : 0).catch(
      ifRotatedTooOften,
    );
    if (result === null) {
      setFlash(c, { tone: 'danger', text: ROTATION_LIMIT });
      return c.redirect(webhookPath(id), 303);
    }
    return result.ok
      ? settingsPage(
          c,
          { title: 'New secret' },
          <NewSecret title="The secret is rotated" {...result} note={GRACE} />,
        )
      : settingsPage(
          c,
          { title: 'New secret', status: 409 },
          <SecretWasShown title="The webhook was changed meanwhile" webhook={result.webhook} />,
        );
  })
  .post('/settings/webhooks/:id/delete', async (c) => {
    const { url } = await deleteWebhook(c.var.ctx, webhookId(c));
    setFlash(c, { tone: 'success', text: `The webhook to ${hostOf(url)} is deleted.` });
    return c.redirect(WEBHOOKS_PATH, 303);
  })
  .post('/settings/webhooks/:id/test', async (c) => {
    const id = webhookId(c);
    await flashOutcome(c, async () => {
      await sendTestEvent(c.var.ctx, id);
      return 'The test event is on its way. Reload the page to see how it was answered.';
    });
    return c.redirect(webhookPath(id), 303);
  })
  .post('/settings/webhooks/:id/replay', async (c) => {
    const form = await parseForm(c, ReplayForm);
    if (!form.ok) return webhookPage(c, form);
    const id = webhookId(c);
    try {
      const { deliveries, more } = await replay(c.var.ctx, id, form.data);
      const others = more ? ' The others of that time follow by themselves.' : '';
      setFlash(
        c,
        deliveries > 0
          ? { tone: 'success', text: `${countOf(deliveries, 'event')} on the way.${others}` }
          : { tone: 'info', text: 'Nothing it wants has happened in that time.' },
      );
      return c.redirect(webhookPath(id), 303);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return webhookPage(c, { values: form.values, message: error.message });
    }
  })
  .get('/settings/webhooks/:id/deliveries/:deliveryId', async (c) => {
    const id = webhookId(c);
    const delivery = await getDelivery(c.var.ctx, id, deliveryId(c));
    const { timeZone } = staffOf(c.var.ctx);
    return settingsPage(
      c,
      { title: 'Delivery' },
      <DeliveryPage webhookId={id} delivery={delivery} timeZone={timeZone} />,
    );
  })
  .post('/settings/webhooks/:id/deliveries/:deliveryId/redeliver', async (c) => {
    const id = webhookId(c);
    const delivery = deliveryId(c);
    await flashOutcome(c, async () => {
      await redeliver(c.var.ctx, id, delivery);
      return 'It is on its way again. Reload the page to see how it was answered.';
    });
    return c.redirect(deliveryPath(id, delivery), 303);
  });

const GRACE = `Old secrets keep signing for ${GRACE_HOURS} hours after they were rotated.`;

/** Only the database knows whether the URL is the one that was saved, so its port is refused last. */
function badPort(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'validation') return error;
  throw error;
}

function ifRotatedTooOften(error: unknown): null {
  if (error instanceof AppError && error.code === 'rotation_limit') return null;
  throw error;
}

/** Says how an act of one button went: its text, or why it was refused. */
async function flashOutcome(c: Context<AppEnv>, act: () => Promise<string>): Promise<void> {
  try {
    setFlash(c, { tone: 'success', text: await act() });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    setFlash(c, { tone: 'danger', text: error.message });
  }
}

function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'rule';
}

/** A flash is a cookie, which has no room for a long URL. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url.slice(0, 100);
}

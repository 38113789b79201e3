import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import {
  answering,
  makeDue,
  sending,
  someEvents,
  webhookFor,
  webhookRow,
} from '../../test/webhooks.ts';
import { listAuditEntries } from '../audit/queries.ts';
import { claimDelivery } from './claim-delivery.ts';
import { getWebhook } from './queries.ts';
import { ROTATION_LIMIT, rotateSecret } from './rotate-secret.ts';
import { sendClaimed } from './send-claimed.ts';

/** Whether the official library, with this secret at that moment, takes what was sent. */
function isSigned(
  sent: { headers: Record<string, string>; body: string },
  secret: string,
  at: Date,
) {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(at.getTime());
  try {
    return Boolean(new Webhook(secret).verify(sent.body, sent.headers));
  } catch {
    return false;
  } finally {
    clock.mockRestore();
  }
}

describe('a webhook whose secret is rotated', () => {
  it('signs with every secret of the last 24 hours, six at most', async () => {
    const own = await freshCompany();
    const start = Date.now();
    const hours = (n: number) => as(own, 'OWNER', { now: new Date(start + n * 3_600_000) });
    const { id, secret } = await webhookFor(own, 'https://erp.example.com/hook');
    const rotate = async (hour: number) => {
      const rotated = await rotateSecret(hours(hour), id, null);
      if (!rotated.ok) throw new Error(rotated.reason);
      return rotated.secret;
    };
    const secrets = [secret];
    for (const hour of [0, 1, 2, 3, 4]) secrets.unshift(await rotate(hour));
    const limit = { code: 'rotation_limit', message: ROTATION_LIMIT };
    await expect(rotate(23)).rejects.toMatchObject(limit);

    const [due] = await someEvents(own, 1);
    if (!due) throw new Error('Nothing is due.');
    /** The secrets a delivery made then is signed with, newest first. */
    const signing = async (hour: number) => {
      const sent = { headers: {}, body: '' };
      const ctx = { ...sending(own), now: hours(hour).now };
      await makeDue(own, due, new Date(ctx.now.getTime() - 1000));
      const claim = await claimDelivery(ctx, due);
      if (!claim) throw new Error('It is not due.');
      await sendClaimed(ctx, claim, (request) => {
        Object.assign(sent, request);
        return answering(500)(request);
      });
      return secrets.filter((one) => isSigned(sent, one, ctx.now));
    };
    expect(await signing(4)).toEqual(secrets);
    expect(await signing(24)).toEqual(secrets.slice(0, 5));
    // There is room again, and what signs no more is kept no longer.
    secrets.unshift(await rotate(25));
    expect(await signing(25)).toEqual(secrets.slice(0, 5));
    const { previousSecret, earlierSecrets } = (await webhookRow(own, id)) ?? {};
    expect(previousSecret).toBe(secrets[1]);
    expect(earlierSecrets?.map((former) => former.secret)).toEqual(secrets.slice(2, 5));
    expect(await signing(50)).toEqual(secrets.slice(0, 1));

    const shown = await getWebhook(hours(25), id);
    const log = await listAuditEntries(hours(25), {}, { limit: 50 });
    expect(JSON.stringify([shown, log])).not.toMatch(/whsec_|earlierSecrets/);
    expect(log.rows.filter(({ action }) => action === 'WebhookSecretRotated')).toHaveLength(6);
  });
});

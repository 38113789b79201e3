import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { uniqueEmail } from '../../test/accounts.ts';
import { context, LONG_AGO } from '../../test/context.ts';
import type { Id } from '#db/ids.ts';
import { outbox } from '#db/schema/index.ts';
import { system } from '../tenant.ts';
import { deliverMail } from './deliver-mail.ts';
import { type Mail, MailError } from './mail-provider.ts';
import { deleteOldMails, findOverdueMails } from './queries.ts';
import { queueMail } from './queue-mail.ts';

async function queued() {
  const ctx = context({ kind: 'nobody' });
  const email = uniqueEmail();
  await system(ctx).batch([
    queueMail(ctx, email, 'reset_password', {
      name: 'Ann <b>',
      url: 'https://x.test/?a=1&b=2',
    }),
  ]);
  const [id] = ctx.due.mails;
  if (!id) throw new Error('Nothing is due.');
  return { ctx, id, email };
}

async function row(id: Id<'message'>) {
  const ctx = context({ kind: 'nobody' });
  const [[found]] = await system(ctx).batch([
    ctx.db.select().from(outbox).where(eq(outbox.id, id)),
  ]);
  return found;
}

describe('a mail in the outbox', () => {
  it('is sent once, however many messages say that it is due', async () => {
    const { ctx, id, email } = await queued();
    const sent: Mail[] = [];
    const send = async (mail: Mail) => void sent.push(mail);
    await Promise.all([deliverMail(ctx, id, send), deliverMail(ctx, id, send)]);
    expect(await deliverMail(ctx, id, send)).toBeNull();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ id, to: email, subject: 'Set a new password' });
    expect(sent[0]?.html).toContain('Ann &lt;b&gt;');
    expect(sent[0]?.html).toContain('href="https://x.test/?a=1&amp;b=2"');
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, error: null });
  });

  it('is tried again when the provider has a bad moment, and found by the sweep', async () => {
    const { ctx, id } = await queued();
    const outcome = await deliverMail(ctx, id, () => {
      throw new MailError('busy', false);
    });
    expect(outcome?.retryIn).toBeGreaterThan(0);
    expect(await row(id)).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: 'MailError: busy',
    });
    expect(await findOverdueMails(ctx)).not.toContain(id);
    await system(ctx).batch([
      ctx.db.update(outbox).set({ nextAttemptAt: LONG_AGO }).where(eq(outbox.id, id)),
    ]);
    expect(await findOverdueMails(ctx)).toContain(id);
  });

  it('is given up when trying again cannot help', async () => {
    const { ctx, id } = await queued();
    const outcome = await deliverMail(ctx, id, () => {
      throw new MailError('no such address', true);
    });
    expect(outcome).toBeNull();
    expect(await row(id)).toMatchObject({ state: 'failed' });
  });

  it('that was never written is nothing to do', async () => {
    const ctx = context({ kind: 'nobody' });
    expect(
      await deliverMail(ctx, 'msg_none', () => Promise.reject(new Error('not reached'))),
    ).toBeNull();
  });

  it('is forgotten 30 days after it was sent', async () => {
    const { ctx, id } = await queued();
    await deliverMail(ctx, id, () => Promise.resolve());
    await deleteOldMails(ctx);
    expect(await row(id)).toBeDefined();
    await system(ctx).batch([
      ctx.db
        .update(outbox)
        .set({ createdAt: sql`now() - interval '31 days'` })
        .where(eq(outbox.id, id)),
    ]);
    await deleteOldMails(ctx);
    expect(await row(id)).toBeUndefined();
  });
});

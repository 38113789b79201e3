import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { receiver } from '../server.ts';
import { type Ask, browserOf, hrefOf, valueOf } from '../staff.ts';
import { someEvents, switchOff, webhookFor } from '../webhooks.ts';

const PATH = '/dashboard/settings/webhooks';
const EVENTS = ['customer.created', 'order.created'];
const SECRET = /whsec_[A-Za-z0-9+/]{43}=/;

let company: CompanyFixture;
let ask: Ask;
beforeAll(async () => {
  company = await freshCompany();
  ask = await browserOf(company, 'ADMIN');
});

/** A form as a browser sends it, with a box ticked for each event. */
function form(fields: Record<string, string>, events: string[] = EVENTS): URLSearchParams {
  const sent = new URLSearchParams(fields);
  for (const event of events) sent.append('events', event);
  return sent;
}

const newForm = async () => ({
  webhookId: valueOf((await ask(`${PATH}/new`)).text, 'webhookId') ?? '',
  url: `https://erp.example.com/${newId('webhook')}`,
  active: 'on',
});

describe('webhooks in the settings', () => {
  it('cost one round trip a page, and are for managers', async () => {
    const own = await freshCompany();
    const owner = await browserOf(own, 'OWNER');
    expect((await owner(PATH)).text).toContain('No webhooks yet');
    const { id } = await webhookFor(own, 'https://erp.example.com/hook');
    const [delivery] = await someEvents(own, 1);
    await switchOff(own, id);
    const paths = [PATH, `${PATH}/new`, `${PATH}/${id}`, `${PATH}/${id}/edit`];
    for (const path of [...paths, `${PATH}/${id}/deliveries/${delivery}`]) {
      expect(await owner(path), path).toMatchObject({ status: 200, roundTrips: 1 });
    }
    const member = await browserOf(own, 'MEMBER');
    expect((await member('/dashboard/settings/profile')).text).not.toContain(PATH);
    for (const path of paths) expect((await member(path)).status).toBe(303);
    expect((await member(`${PATH}/${id}/delete`, {})).status).toBe(403);
    for (const path of [`${PATH}/whk_none`, `${PATH}/${id}/deliveries/dlv_none`]) {
      expect((await owner(path)).status).toBe(404);
    }
    const other = `${PATH}/${id}?state=lost&after=junk`;
    expect(await owner(other)).toMatchObject({ status: 200 });
  });

  it('are made once a form, whose mistakes come back with what was typed', async () => {
    const fields = await newForm();
    const wrong = await ask(`${PATH}/new`, form({ ...fields, url: 'https://10.1.2.3/x' }, []));
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Choose at least one event.');
    expect(valueOf(wrong.text, 'url')).toBe('https://10.1.2.3/x');
    const inside = await ask(`${PATH}/new`, form({ ...fields, url: 'https://10.1.2.3/x' }));
    expect(inside.text).toContain('URL must point to a host on the public internet.');
    expect(valueOf(inside.text, 'webhookId')).toBe(fields.webhookId);
    expect(inside.text).toMatch(/value="customer.created" checked/);

    const made = await ask(`${PATH}/new`, form(fields));
    expect(made).toMatchObject({ status: 200, roundTrips: 1 });
    const [secret = 'none'] = SECRET.exec(made.text) ?? [];
    expect(secret).toMatch(SECRET);
    const again = await ask(`${PATH}/new`, form(fields));
    expect(again.status).toBe(409);
    expect(again.text).toContain('already created');
    const pages = [again, await ask(PATH), await ask(`${PATH}/${fields.webhookId}`)];
    for (const { text } of pages) expect(text).not.toContain(secret);
    expect(pages[1]?.text.split(fields.url)).toHaveLength(2);
    expect(hrefOf(pages[1]?.text ?? '', fields.url)).toBe(`${PATH}/${fields.webhookId}`);
  });

  it('are edited on what was seen, switched off and on', async () => {
    const { id } = await webhookFor(company, 'https://erp.example.com/edit');
    const edit = `${PATH}/${id}/edit`;
    const { text } = await ask(edit);
    const fields = {
      url: 'https://new.example.com/<1>',
      active: 'on',
      version: valueOf(text, 'version') ?? '',
    };
    expect(valueOf(text, 'url')).toBe('https://erp.example.com/edit');
    const wrong = await ask(edit, form({ ...fields, url: ' ' }));
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(valueOf(wrong.text, 'version')).toBe(fields.version);
    expect(await ask(edit, form(fields))).toMatchObject({
      status: 303,
      location: `${PATH}/${id}`,
      roundTrips: 1,
    });
    expect((await ask(`${PATH}/${id}`)).text).toContain('https://new.example.com/&lt;1&gt;');

    const late = await ask(edit, form({ ...fields, url: 'https://late.example.com/' }));
    expect(late).toMatchObject({ status: 409, roundTrips: 1 });
    expect(late.text).toContain('Somebody else has saved this webhook');
    expect(valueOf(late.text, 'url')).toBe('https://late.example.com/');
    const theirs = { ...fields, version: valueOf(late.text, 'version') ?? '' };
    expect((await ask(edit, form(theirs))).flash).toContain('Nothing was changed');

    const off = await ask(`${PATH}/${id}/active`, { active: 'off' });
    expect(off).toMatchObject({ status: 303, roundTrips: 1 });
    const page = (await ask(`${PATH}/${id}`)).text;
    expect(page).toContain('Switch on');
    expect(page).not.toContain('Send test event');
    for (const act of ['test', 'replay']) {
      const range = { from: '2026-03-01T10:00', to: '2026-03-01T11:00', timeZone: 'UTC' };
      const refused = await ask(`${PATH}/${id}/${act}`, range);
      expect(refused.flash + refused.text).toContain('This webhook is off. Switch it on first.');
    }
    await ask(`${PATH}/${id}/active`, { active: 'on' });
    expect((await ask(`${PATH}/${id}`)).text).toContain('Switch off');
    expect((await ask(`${PATH}/${id}/active`, { active: 'maybe' })).status).toBe(400);
  });

  it('are not given a port of a database, but keep the one they have', async () => {
    const url = 'https://erp.example.com:5432/hook';
    const fields = { ...(await newForm()), url };
    const refused = await ask(`${PATH}/new`, form(fields));
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    expect(refused.text).toContain('URL must use port 80, 443 or one from 1024 up');

    const { id } = await webhookFor(company, url);
    expect((await ask(PATH)).text).toContain('Port not allowed any more');
    expect((await ask(`${PATH}/${id}`)).text).toContain('Port 5432 is not allowed for webhooks');
    const edit = `${PATH}/${id}/edit`;
    const version = valueOf((await ask(edit)).text, 'version') ?? '';
    const kept = await ask(edit, form({ url, version }, ['order.shipped']));
    expect(kept).toMatchObject({ status: 303, roundTrips: 1 });
    // The box was not ticked.
    expect((await ask(`${PATH}/${id}`)).text).toContain('Switch on');
    const moved = await ask(edit, form({ url: url.replace('5432', '6379'), version: '2' }));
    expect(moved).toMatchObject({ status: 422, roundTrips: 2 });
    expect(valueOf(moved.text, 'url')).toBe('https://erp.example.com:6379/hook');
    expect(moved.text).toContain('URL must use port 80, 443 or one from 1024 up');
    await ask(`${PATH}/${id}/delete`, {});
  });

  it('get a new secret once for each page that offered it, and are deleted by name', async () => {
    const { id, secret } = await webhookFor(company, 'https://erp.example.com/rotate');
    const version = valueOf((await ask(`${PATH}/${id}`)).text, 'version') ?? '';
    const rotated = await ask(`${PATH}/${id}/rotate-secret`, { version });
    expect(rotated).toMatchObject({ status: 200, roundTrips: 1 });
    const [fresh = ''] = SECRET.exec(rotated.text) ?? [];
    expect(fresh).not.toBe(secret);
    const again = await ask(`${PATH}/${id}/rotate-secret`, { version });
    expect(again.status).toBe(409);
    expect(SECRET.test(again.text)).toBe(false);
    const page = (await ask(`${PATH}/${id}`)).text;
    expect(page).toContain('Old secret signs until');
    expect(page).toContain('Delete the webhook to https://erp.example.com/rotate?');
    for (let count = 1; count < 5; count += 1) {
      const next = valueOf((await ask(`${PATH}/${id}`)).text, 'version') ?? '';
      expect((await ask(`${PATH}/${id}/rotate-secret`, { version: next })).status).toBe(200);
    }
    const last = valueOf((await ask(`${PATH}/${id}`)).text, 'version') ?? '';
    expect(await ask(`${PATH}/${id}/rotate-secret`, { version: last })).toMatchObject({
      status: 303,
      location: `${PATH}/${id}`,
      flash: expect.stringContaining('A secret can be rotated at most 5 times in 24 hours.'),
    });
    const gone = await ask(`${PATH}/${id}/delete`, {});
    expect(gone).toMatchObject({ status: 303, location: PATH, roundTrips: 1 });
    expect((await ask(`${PATH}/${id}`)).status).toBe(404);
    const audit = await ask('/dashboard/settings/audit?type=Webhook');
    expect(audit.text).toContain('Webhook secret rotated');
    expect(audit.text).not.toContain('whsec_');
  });
});

describe('the delivery log', () => {
  it('shows what was sent and answered, and sends it again', async () => {
    const own = await freshCompany();
    const owner = await browserOf(own, 'OWNER');
    const path = `500/${newId('webhook')}`;
    const { id } = await webhookFor(own, receiver.url(path));
    const tested = await owner(`${PATH}/${id}/test`, {});
    expect(tested).toMatchObject({ status: 303, roundTrips: 1 });
    await receiver.arrived(path);
    const shown = await settled(owner, `${PATH}/${id}`, 'Trying again');
    expect(shown).toMatch(/tone-danger">500</);
    expect((await owner(PATH)).text).toMatch(/tone-danger">500</);
    const delivery = hrefOf(shown, 'webhook.test') ?? '';
    const page = (await owner(delivery)).text;
    expect(page).toContain('Broken.');
    expect(page).toContain('This is a test event.');

    receiver.answer(path, 'ok');
    expect(await owner(`${delivery}/redeliver`, {})).toMatchObject({
      status: 303,
      location: delivery,
      roundTrips: 1,
    });
    await receiver.arrived(path, 2);
    const arrived = await settled(owner, delivery, 'Delivered');
    expect(arrived).toMatch(/tone-success">200[^]*tone-danger">500/);
    expect((await owner(`${PATH}/${id}?state=failed`)).text).toContain('No delivery has failed');
    expect((await owner(`${PATH}/${id}?state=delivered`)).text).toContain('webhook.test');
    await switchOff(own, id);
  });

  it('pages both ways, and replays a time range of the company’s clock', async () => {
    const own = await freshCompany({ timeZone: 'Asia/Tokyo' });
    const owner = await browserOf(own, 'OWNER');
    const path = `ok/${newId('webhook')}`;
    const { id } = await webhookFor(own, receiver.url(path), { active: false });
    await createCustomer(as(own, 'OWNER'), { email: 'ann@x.test' });
    await owner(`${PATH}/${id}/active`, { active: 'on' });
    const offered = (await owner(`${PATH}/${id}`)).text;
    expect(offered).toContain('Time zone Asia/Tokyo.');
    const now = Date.now() + 9 * 3_600_000;
    const local = (minutes: number) => new Date(now + minutes * 60_000).toISOString().slice(0, 16);
    const replay = (from: string, to: string) =>
      owner(`${PATH}/${id}/replay`, { from, to, timeZone: valueOf(offered, 'timeZone') ?? '' });
    const wrong = await replay(local(5), local(-5));
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Choose a later time.');
    expect(valueOf(wrong.text, 'from')).toBe(local(5));
    expect((await replay('', local(0))).text).toContain('Choose a date and a time.');
    expect((await replay(local(-90), local(-60))).flash).toContain('Nothing it wants');
    const replayed = await replay(local(-5), local(5));
    expect(replayed).toMatchObject({ status: 303, roundTrips: 1 });
    expect(replayed.flash).toContain('1 event on the way.');
    await receiver.arrived(path);
    await switchOff(own, id);

    const many = await webhookFor(own, 'https://erp.example.com/many');
    await someEvents(own, 26);
    await switchOff(own, many.id);
    const first = await owner(`${PATH}/${many.id}`);
    expect(first.text.match(/role="row"/g)).toHaveLength(26);
    const next = await owner(hrefOf(first.text, 'Next') ?? '');
    expect(next).toMatchObject({ status: 200, roundTrips: 1 });
    expect(next.text.match(/role="row"/g)).toHaveLength(2);
    const back = await owner(hrefOf(next.text, 'Previous') ?? '');
    expect(back.text.match(/role="row"/g)).toHaveLength(26);
  });
});

/** The page, once the Worker has recorded what came back. */
async function settled(owner: Ask, path: string, text: string): Promise<string> {
  const page = (await owner(path)).text;
  return page.includes(text) ? page : settled(owner, path, text);
}

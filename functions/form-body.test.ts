import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from './app-env.ts';
import { formBody, shownAgain, valuesShownAgain } from './form-body.ts';
import { parseForm } from './parse-form.ts';

const app = new Hono<AppEnv>();
app.post('/form', async (c) => c.json(await formBody(c, { all: true })));
app.post('/parsed', async (c) => {
  const letters = z.array(z.enum(['a'], 'Choose a.'));
  const form = await parseForm(c, z.object({ letters }));
  return c.json(form.ok ? null : form.errors);
});
app.onError((error, c) => c.text(error.message, error instanceof AppError ? error.status : 500));

const post = (path: string, body: BodyInit, type?: string) =>
  app.request(path, { method: 'POST', body, ...(type && { headers: { 'Content-Type': type } }) });
const urlencoded = 'application/x-www-form-urlencoded';

function parts(count: number): FormData {
  const form = new FormData();
  for (let n = 0; n < count; n += 1) form.append('a', '');
  return form;
}

it('reads 5,000 fields, and none of a form that has more', async () => {
  expect((await post('/form', 'a=&'.repeat(4999), urlencoded)).status).toBe(200);
  expect((await post('/form', 'a=&'.repeat(5000), urlencoded)).status).toBe(413);
  expect((await post('/form', parts(4990))).status).toBe(200);
  expect((await post('/form', parts(5001))).status).toBe(413);
});

it('reads 40,000 characters, whichever fields they are in', async () => {
  const half = 'x'.repeat(20_000);
  expect((await post('/form', `a=${half}&b=${half}`, urlencoded)).status).toBe(200);
  const refused = await post('/form', `a=${half}&a=${half}x`, urlencoded);
  expect(refused.status).toBe(413);
  expect(await refused.text()).toBe('This form holds more than it can be read with.');
});

it('takes a body that is no form for an empty one, and counts nothing in a file', async () => {
  expect(await (await post('/form', '{}', 'application/json')).json()).toEqual({});
  expect(await (await post('/form', 'a=1&a=2', urlencoded)).json()).toEqual({ a: ['1', '2'] });
  const form = new FormData();
  form.set('file', new File(['a&b\n--\n'.repeat(50_000)], 'a.csv'));
  expect((await post('/form', form)).status).toBe(200);
});

it('says each thing that is wrong with a field once', async () => {
  const refused = await post('/parsed', 'letters=b&'.repeat(1000), urlencoded);
  expect(await refused.json()).toEqual({ letters: ['Choose a.'] });
});

it('shows a long text again where a page can hold it', () => {
  const rows = 'FLR-25\t10\n'.repeat(10_000);
  expect(shownAgain(rows)).toBe(rows);
  expect(shownAgain('"'.repeat(42_000))).toBe('');
  expect(shownAgain('米'.repeat(90_000))).toBe('');
});

it('shows what was typed again, without the longest fields where all are too long for a page', () => {
  const values = { name: 'Flour', notes: '"'.repeat(8_000), description: '"'.repeat(8_100) };
  expect(valuesShownAgain(values)).toEqual({ ...values, description: '' });
  const typed = { notes: 'x'.repeat(40_000), events: ['a', 'b'], active: true, limit: null };
  expect(valuesShownAgain(typed)).toEqual(typed);
});

import sharp from 'sharp';
import { expect, it } from 'vitest';
import { call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor, PUBLIC_URL, receiver, server, staffCookie } from '../server.ts';
import { webhookFor } from '../webhooks.ts';

it('sends an endpoint the product the API shows, its picture at the same address', async () => {
  const company = await freshCompany();
  const [{ key }, Cookie] = [await apiKeyFor(company), await staffCookie(company, 'OWNER')];
  await webhookFor(company, receiver.url('ok/pictured'), { events: ['product.updated'] });
  const square = sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } });
  const form = new FormData();
  const fields = { name: 'Pictured', unit: 'each', price: '1', stock: '1', isActive: 'on' };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('image', new File([new Uint8Array(await square.png().toBuffer())], 'a.png'));
  const encoded = new Response(form);
  const made = await server.fetch('/dashboard/inventory/new', {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': encoded.headers.get('Content-Type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  const id = made.headers.get('location')?.split('/').at(-2);
  await call('PATCH', `/products/${id}`, { key, json: { price: 2 } });
  const [{ body } = expect.unreachable()] = await receiver.arrived('ok/pictured');
  const { data: sent } = JSON.parse(body);
  const { data: shown } = (await call('GET', `/products/${id}`, { key })).body;
  expect(sent).toEqual({ ...shown, version: expect.any(Number) });
  expect(shown.imageUrl).toMatch(new RegExp(`^${PUBLIC_URL}/images/\\S+$`));
  expect((await server.fetch(shown.imageUrl)).status).toBe(200);
});

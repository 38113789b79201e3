import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { openedOn, shownFields } from '#src/catalog/product-form.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import type { Ctx } from '#src/context.ts';
import { as, freshCompany } from '../context.ts';
import { server, staffCookie } from '../server.ts';
import { valueOf } from '../staff.ts';

interface ImageStore {
  list(options: {
    prefix: string;
    include: string[];
  }): Promise<{ objects: { customMetadata?: Record<string, string> }[] }>;
}

const LIST = '/dashboard/inventory';
const NEW = { name: 'Pictured', unit: 'each', price: '1', stock: '1', isActive: 'on' };

let company: CompanyFixture;
let ctx: Ctx;

beforeAll(async () => {
  company = await freshCompany();
  ctx = as(company, 'OWNER');
});

async function picture(color: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width: 400, height: 300, channels: 3, background: color } });
  return new Uint8Array(await image.jpeg().toBuffer());
}

async function post(
  path: string,
  fields: Record<string, string>,
  bytes?: BlobPart,
  cookie?: string,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  // A browser sends an empty file where none was chosen.
  form.set(
    'image',
    new File(bytes === undefined ? [] : [bytes], bytes === undefined ? '' : 'a.jpg'),
  );
  const encoded = new Response(form);
  const response = await server.fetch(path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: cookie ?? (await staffCookie(company, 'MEMBER')),
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': encoded.headers.get('Content-Type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    text: await response.text(),
  };
}

const statusOf = async (imageId: Id<'image'> | null) =>
  (await server.fetch(`/images/${imageId}/96.webp`)).status;

/** A product as the form makes it. */
async function pictured(bytes: BlobPart) {
  const { location } = await post(`${LIST}/new`, NEW, bytes);
  return getProduct(ctx, location.split('/').at(-2) as Id<'product'>);
}

/** What its form sends when nothing was touched. */
async function opened(id: Id<'product'>) {
  const product = await getProduct(ctx, id);
  const { version, shown } = openedOn(product);
  return { ...shownFields(product), version: String(version), shown };
}

it('comes with a new product, is replaced, and goes with it', async () => {
  const first = await pictured(await picture('red'));
  expect(await statusOf(first.imageId)).toBe(200);
  const path = `${LIST}/${first.id}/edit`;
  await post(path, await opened(first.id), await picture('blue'));
  const second = await getProduct(ctx, first.id);
  expect(second.imageId).not.toBe(first.imageId);
  expect(await statusOf(second.imageId)).toBe(200);
  await expect.poll(() => statusOf(first.imageId)).toBe(404);
  // Nothing chosen leaves it as it is.
  await post(path, { ...(await opened(first.id)), price: '2' });
  expect(await getProduct(ctx, first.id)).toMatchObject({
    imageId: second.imageId,
    priceCents: 200,
  });
  await post(path, { ...(await opened(first.id)), removeImage: 'on' });
  expect((await getProduct(ctx, first.id)).imageId).toBeNull();
  await expect.poll(() => statusOf(second.imageId)).toBe(404);
  const third = await pictured(await picture('green'));
  await post(`${LIST}/${third.id}/delete`, {});
  await expect.poll(() => statusOf(third.imageId)).toBe(404);
});

it('is refused at its field, beside all that was typed, and nothing is saved', async () => {
  const { id } = await createProduct(ctx, { name: 'Plain', price: 1, stock: 1 });
  const wrong: [BlobPart, string][] = [
    [
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'Only JPG, PNG, WebP, and AVIF images are allowed.',
    ],
    [new Uint8Array(5 * 1_048_576 + 1), 'Image too large. Maximum size is 5 MB.'],
  ];
  for (const [bytes, message] of wrong) {
    const answer = await post(`${LIST}/new`, { ...NEW, name: 'Never made' }, bytes);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message);
    expect(valueOf(answer.text, 'name')).toBe('Never made');
    const edit = await post(`${LIST}/${id}/edit`, { ...(await opened(id)), price: '9' }, bytes);
    expect(edit.status).toBe(422);
    expect(valueOf(edit.text, 'price')).toBe('9');
  }
  const huge = await post(`${LIST}/${id}/edit`, NEW, new Uint8Array(17 * 1_048_576));
  expect(huge.text).toContain('Image too large. Maximum size is 5 MB.');
  expect(await getProduct(ctx, id)).toMatchObject({ version: 1, imageId: null, priceCents: 100 });
});

it('is not kept when the product is not saved', async () => {
  const env = await server.getWorker<{ IMAGES: ImageStore }>().getEnv();
  const stored = async () => {
    const { objects } = await env.IMAGES.list({ prefix: 'images/', include: ['customMetadata'] });
    return objects.filter((object) => object.customMetadata?.['companyId'] === company.id).length;
  };
  const product = await createProduct(ctx, { name: 'Contested', sku: 'C-1', price: 1, stock: 1 });
  const late = { ...(await opened(product.id)), price: '5' };
  await updateProduct(ctx, product.id, { price: 2 }, {});
  const before = await stored();
  const conflict = await post(`${LIST}/${product.id}/edit`, late, await picture('red'));
  expect(conflict.status).toBe(409);
  expect(conflict.text).toContain('the image has to be chosen again');
  const taken = await post(`${LIST}/new`, { ...NEW, sku: 'C-1' }, await picture('red'));
  expect(taken.text).toContain('A product with this SKU already exists.');
  const stranger = await post(`${LIST}/new`, NEW, await picture('red'), 'staff_session=x.y.z');
  expect(stranger.status).toBe(401);
  await expect.poll(() => stored()).toBe(before);
});

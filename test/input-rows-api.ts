import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { blackLines, blackPng, pngChunk, withEmptyBlocks } from './image-bombs.ts';
import type { Row, Sent } from './input-costs.ts';
import type { Senders } from './input-rows.ts';

const MEGABYTE = 1_048_576;

/** What programs can send, with a key of a company that anybody can found. */
export function rowsOfPrograms({ key, customerId, products }: Senders): Row[] {
  const api =
    (path: string, json?: unknown, headers = {}, method?: Sent['method']) =>
    (): Sent => ({
      path: `/api/v1${path}`,
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
      ...(json !== undefined && { body: typeof json === 'string' ? json : JSON.stringify(json) }),
      ...(method && { method }),
    });
  const empty = (count: number) => `{"items":[${'{},'.repeat(count).slice(0, -1)}]}`;
  const item = { productId: products[0], quantity: 1 };
  const events = (count: number) => ({ url: 'https://x.test', events: Array(count).fill('x') });
  const unknown = () => `Bearer dk_${randomBytes(32).toString('base64url')}`;
  return [
    {
      input: 'The items of an order, POST /orders',
      bound: '500',
      allowed: api('/orders', { customerId, items: Array(500).fill(item) }),
      refused: api('/orders', empty(501)),
      most: api('/orders', empty(340_000)),
    },
    {
      input: 'The same, each of them wrong',
      bound: '100 problems in the answer',
      allowed: api('/orders', empty(33)),
      refused: api('/orders', empty(500)),
    },
    {
      input: 'The items of a batch',
      bound: '100',
      allowed: api('/customers/batch', empty(100)),
      refused: api('/customers/batch', empty(101)),
      most: api('/customers/batch', empty(340_000)),
    },
    {
      input: 'The events of a webhook',
      bound: '100',
      allowed: api('/webhooks', events(100)),
      refused: api('/webhooks', events(101)),
      most: api('/webhooks', events(250_000)),
    },
    {
      input: 'The body of a request',
      bound: '1 MB',
      allowed: api('/customers', JSON.stringify({ email: 'x'.repeat(MEGABYTE - 12) })),
      refused: api('/customers', JSON.stringify({ email: 'x'.repeat(MEGABYTE) })),
      most: api('/customers', '['.repeat(MEGABYTE)),
    },
    {
      input: 'Fields that no schema knows',
      bound: '1 MB',
      allowed: api('/customers', unknownFields(80_000)),
      refused: api('/customers', unknownFields(130_000)),
    },
    {
      input: 'A text of a customer',
      bound: '2,000 characters',
      allowed: api('/customers', { email: 'no', notes: '𝒳'.repeat(2000) }),
      refused: api('/customers', { email: 'no', notes: '𝒳'.repeat(2001) }),
      most: api('/customers', { email: 'no', notes: '𝒳'.repeat(250_000) }),
    },
    {
      input: 'Words to search for',
      bound: '254 characters',
      allowed: api(`/products?search=${'a+b+'.repeat(63)}`),
      refused: api(`/products?search=${'a'.repeat(255)}`),
      most: api(`/products?search=${'a+'.repeat(4000)}`),
    },
    {
      input: 'A cursor',
      bound: '4,000 characters',
      allowed: api(`/customers?cursor=${'A'.repeat(4000)}`),
      refused: api(`/customers?cursor=${'A'.repeat(4001)}`),
    },
    {
      input: 'An Idempotency-Key',
      bound: '255 characters',
      allowed: api('/customers', {}, { 'Idempotency-Key': 'k'.repeat(255) }),
      refused: api('/customers', {}, { 'Idempotency-Key': 'k'.repeat(256) }),
    },
    {
      input: 'An If-Match',
      bound: 'the size of a header',
      allowed: api(
        `/customers/${customerId}`,
        {},
        { 'If-Match': `${'W/"1", '.repeat(900)}"1"` },
        'PATCH',
      ),
      refused: api(
        `/customers/${customerId}`,
        {},
        { 'If-Match': `${'"1",'.repeat(1500)}x` },
        'PATCH',
      ),
    },
    {
      input: 'The days of a report',
      bound: 'the years 1000 to 9999',
      allowed: api('/reports/sales?from=1000-01-01&to=9999-12-31'),
      refused: api(`/reports/sales?from=1000-01-01&to=${'9'.repeat(8000)}-12-31`),
    },
    {
      input: 'A key that does not exist',
      bound: '300 a minute and address',
      allowed: api('/customers', undefined, { Authorization: unknown() }),
      refused: api('/customers', undefined, { Authorization: `Bearer ${'k'.repeat(8000)}` }),
    },
    {
      input: 'A client’s address',
      bound: '64 characters',
      allowed: api('/customers', undefined, {
        'CF-Connecting-IP': '2001:db8::1',
        Authorization: '',
      }),
      refused: api('/customers', undefined, {
        'CF-Connecting-IP': ':'.repeat(8000),
        Authorization: '',
      }),
    },
  ];
}

function unknownFields(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [n, 0])));
}

/** Files and pictures, which anybody with a free account can upload. */
export async function rowsOfFiles({ owner }: Senders): Promise<Row[]> {
  const csv = (text: string) => () => upload('/dashboard/customers/import', owner, { file: text });
  const picture = (bytes: Uint8Array<ArrayBuffer>) => () =>
    upload('/dashboard/inventory/new', owner, { image: bytes });
  const jpeg = new Uint8Array(
    await sharp({ create: { width: 3500, height: 3500, channels: 3, background: 'grey' } })
      .jpeg({ progressive: true })
      .toBuffer(),
  );
  const rows = Array.from({ length: 5001 }, (_, n) => `a${n}@example.com,Name ${n}\n`);
  return [
    {
      input: 'The rows of a CSV import',
      bound: '5,000 rows, 2 MB',
      allowed: csv(`email,name\n${rows.slice(0, 5000).join('')}`),
      refused: csv(`email,name\n${rows.join('')}`),
      isFile: true,
    },
    {
      input: 'The quotes of a CSV import',
      bound: 'files.md',
      allowed: csv(`email,name\n${'a@example.com,"a ""b"" c"\n'.repeat(5000)}`),
      refused: csv('"\n'.repeat(100_000)),
      most: csv('"\n'.repeat(MEGABYTE)),
      isFile: true,
    },
    {
      input: 'The heading of a CSV import',
      bound: 'files.md',
      allowed: csv(`email,name,${'h'.repeat(190)}\na@example.com,A,b\n`),
      refused: csv(`email,name,${'h'.repeat(300)}\na@example.com,A,b\n`),
      most: csv(`${'"'.repeat(2 * MEGABYTE - 100)}\na\n`),
      isFile: true,
    },
    {
      input: 'The scans of a progressive picture',
      bound: '100 scans, 600 million pixels in all',
      allowed: picture(withScans(jpeg, 35)),
      refused: picture(withScans(jpeg, 101)),
      most: picture(withScans(jpeg, 400)),
      isFile: true,
    },
    {
      input: 'The compressed blocks of a PNG',
      bound: '10,000 blocks',
      allowed: picture(inBlocks(9000)),
      refused: picture(inBlocks(10_000)),
      most: picture(inBlocks(440_000)),
      isFile: true,
    },
    {
      input: 'The colour profiles of a PNG',
      bound: 'are not read',
      allowed: picture(withProfiles(1)),
      refused: picture(withProfiles(300)),
      isFile: true,
    },
  ];
}

function upload(
  path: string,
  Cookie: string,
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
): Sent {
  const body = new FormData();
  const fields = { name: 'Pictured', unit: 'each', price: '1', stock: '1' };
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const [name, content] of Object.entries(files)) body.set(name, new File([content], 'file'));
  return { path, body, headers: { Cookie } };
}

/** The largest black PNG, its data behind so many blocks of the costliest kind. */
function inBlocks(blocks: number): Uint8Array<ArrayBuffer> {
  const [width, height] = [2880, 2880];
  const zlib = withEmptyBlocks(blackLines(width, height), 'dynamic', blocks);
  return blackPng(width, height, { zlib });
}

/** A small PNG with profiles of 16 MB each. */
function withProfiles(count: number): Uint8Array<ArrayBuffer> {
  const zlib = deflateSync(Buffer.alloc(16_000_000));
  const profile = pngChunk('iCCP', Buffer.concat([Buffer.from('name\0\0'), zlib]));
  return blackPng(8, 8, { chunks: Array.from({ length: count }, () => profile) });
}

/** The picture with its last scan so many times more. */
function withScans(jpeg: Uint8Array<ArrayBuffer>, more: number): Uint8Array<ArrayBuffer> {
  const at = lastScan(jpeg);
  const scan = jpeg.slice(at, -2);
  const end = jpeg.slice(-2);
  return new Uint8Array(
    Buffer.concat([jpeg.slice(0, at), ...Array<Uint8Array>(more).fill(scan), end]),
  );
}

/** Where the last start of a scan (FF DA) is. */
function lastScan(jpeg: Uint8Array): number {
  for (let at = jpeg.length - 2; at > 0; at -= 1) {
    if (jpeg[at] === 0xff && jpeg[at + 1] === 0xda) return at;
  }
  throw new Error('The picture has no scan.');
}

import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import type { Row, Sent } from './input-costs.ts';

/** Who sends what: a company, its owner's and a customer's browser, its key and what it has. */
export interface Senders {
  company: CompanyFixture;
  owner: string;
  customer: string;
  key: string;
  customerId: string;
  products: Id<'product'>[];
}

const MEGABYTE = 1_048_576;
/** Marks that normalisation sorts. */
const marks = (units: number) => `a${'\u0315\u0300'.repeat(units / 2 + 1)}`.slice(0, units);
const URLENCODED = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A form as browsers send it. */
export function form(
  path: string,
  fields: Record<string, string>,
  Cookie = '',
  raw?: string,
): () => Sent {
  return () => ({
    path,
    headers: { ...URLENCODED, Cookie },
    body: raw ?? new URLSearchParams(fields).toString(),
  });
}

const page =
  (path: string, Cookie = '') =>
  (): Sent => ({ path, headers: { Cookie } });

function parts(path: string, count: number, Cookie: string): () => Sent {
  return () => {
    const body = new FormData();
    for (let n = 0; n < count; n += 1) body.append('a', '');
    return { path, body, headers: { Cookie } };
  };
}

/** Lines of the cart's form, each of another product. */
const quantities = (lines: number) =>
  Array.from({ length: lines }, () => `line=${newId('product')}&quantity=9`).join('&');

let people = 0;

/** What strangers can send, and customers who have registered. */
export function rowsOfPeople({ company, customer, owner, products }: Senders): Row[] {
  const store = `/store/${company.slug}`;
  const signUp = (password: string, name = 'Jo Berg') => {
    people += 1;
    return { companyName: 'Many Foods', name, email: `cost${people}@example.com`, password };
  };
  const logIn = (path: string, password: string) =>
    form(path, { email: 'nobody@example.com', password });
  const passwords = (input: string, path: string, fields: (password: string) => Sent): Row => ({
    input: `${input}, ${path.replace(company.slug, '{slug}')}`,
    bound: '200 UTF-16 units',
    allowed: () => fields(marks(200)),
    refused: () => fields(marks(201)),
    most: () => fields(marks(80_000)),
  });
  const flash = (value: unknown) =>
    page('/login', `flash=${encodeURIComponent(JSON.stringify(value))}`);
  const search = (words: string) =>
    page(`${store}/catalog?q=${encodeURIComponent(words)}`, customer);
  const quick = (rows: string) => form(`${store}/quick-order`, { rows }, customer);
  const file = (text: string) => (): Sent => {
    const body = new FormData();
    body.set('file', new File([text], 'order.csv'));
    return { path: `${store}/quick-order`, body, headers: { Cookie: customer } };
  };
  return [
    passwords('A new password', '/signup', (password) => form('/signup', signUp(password))()),
    passwords('A new password', `${store}/register`, (password) =>
      form(`${store}/register`, signUp(password))(),
    ),
    passwords('A typed password', '/login', (password) => logIn('/login', password)()),
    passwords('A typed password', `${store}/login`, (password) =>
      logIn(`${store}/login`, password)(),
    ),
    passwords('The current password', `${store}/account/password`, (currentPassword) =>
      form(
        `${store}/account/password`,
        { currentPassword, newPassword: 'a new password', repeated: 'a new password' },
        customer,
      )(),
    ),
    {
      input: 'The message cookie',
      bound: '300 characters',
      allowed: flash(['success', '"'.repeat(300)]),
      refused: flash(['success', 'x'.repeat(601)]),
      most: flash(['success', { length: 6e8 }]),
    },
    {
      input: 'A session cookie',
      bound: 'the size of a header',
      allowed: page(`${store}/catalog`, customer),
      refused: page(`${store}/catalog`, 'customer_session=x'),
      most: page(`${store}/catalog`, `customer_session=${'ey.'.repeat(2500)}`),
    },
    {
      input: 'The fields of a form',
      bound: '5,000',
      allowed: form('/login', {}, '', 'a=&'.repeat(4999)),
      refused: form('/login', {}, '', 'a=&'.repeat(5000)),
      most: form('/login', {}, '', '&'.repeat(MEGABYTE)),
    },
    {
      input: 'The parts of a multipart form',
      bound: '5,000',
      allowed: parts(`${store}/quick-order`, 4990, customer),
      refused: parts(`${store}/quick-order`, 5001, customer),
      most: parts(`${store}/quick-order`, 10_000, customer),
    },
    {
      input: 'The text of a form',
      bound: '40,000 characters',
      allowed: () => form('/signup', signUp('short', '"'.repeat(39_900)))(),
      refused: () => form('/signup', signUp('short', '"'.repeat(40_001)))(),
      most: () => form('/signup', signUp('short', '"'.repeat(300_000)))(),
    },
    {
      input: 'The body of a form',
      bound: '1 MB',
      allowed: form('/login', {}, '', `email=${'x'.repeat(MEGABYTE - 6)}`),
      refused: form('/login', {}, '', `email=${'x'.repeat(MEGABYTE)}`),
    },
    {
      input: 'An email address',
      bound: '254 characters',
      allowed: form('/forgot-password', { email: `${'a.'.repeat(100)}a@${'b.'.repeat(20)}test` }),
      refused: form('/forgot-password', { email: `${'a'.repeat(250)}@b.test` }),
      most: form('/forgot-password', { email: `${'a@'.repeat(19_000)}` }),
    },
    {
      input: 'Where to go after a log-in',
      bound: 'the size of an address',
      allowed: page(`/login?next=${encodeURIComponent('/dashboard?q=')}${'%22'.repeat(3000)}`),
      refused: page(`/login?next=${'%2F'.repeat(3000)}`),
    },
    {
      input: 'Words to search the catalog for',
      bound: '254 characters',
      allowed: search('a b'.repeat(85).slice(0, 254)),
      refused: search('a b'.repeat(85)),
      most: search('é'.repeat(2000)),
    },
    {
      input: 'A cursor of the catalog',
      bound: '4,000 characters',
      allowed: page(`${store}/catalog?after=${'A'.repeat(4000)}`, customer),
      refused: page(`${store}/catalog?after=${'A'.repeat(4001)}`, customer),
    },
    {
      input: 'A quantity in the cart',
      bound: '5 digits',
      allowed: form(`${store}/cart/${products[0]}`, { quantity: '00009' }, customer),
      refused: form(`${store}/cart/${products[0]}`, { quantity: '100000' }, customer),
      most: form(`${store}/cart/${products[0]}`, { quantity: '"'.repeat(39_000) }, customer),
    },
    {
      input: 'The lines of the cart',
      bound: '500 lines',
      allowed: form(`${store}/cart`, {}, customer, quantities(500)),
      refused: form(`${store}/cart`, {}, customer, quantities(501)),
      most: form(`${store}/cart`, {}, customer, quantities(1200)),
    },
    {
      input: 'The rows of a quick order, typed',
      bound: '1,000 rows',
      allowed: quick('Flour x 2\n'.repeat(1000)),
      refused: quick('Flour x 2\n'.repeat(1001)),
      most: quick('a\n'.repeat(99_000)),
    },
    {
      input: 'The text of a quick order, typed',
      bound: '200,000 characters, 300 of a cell',
      allowed: quick(`${'1'.repeat(300)}\n`.repeat(660)),
      refused: quick('1'.repeat(200_001)),
      most: quick('"a'.repeat(99_000)),
    },
    {
      input: 'The file of a quick order',
      bound: '200,000 characters',
      allowed: file('a"a,'.repeat(49_000)),
      refused: file('"\n'.repeat(100_001)),
      most: file('"\n'.repeat(500_000)),
    },
    {
      input: 'Notes and lines of a checkout',
      bound: '2,000 characters of notes',
      allowed: form(`${store}/checkout`, { notes: 'n'.repeat(2000), line: 'x' }, customer),
      refused: form(`${store}/checkout`, { notes: 'n'.repeat(2001), line: 'x' }, customer),
      most: form(`${store}/checkout`, { notes: '"'.repeat(39_000), line: 'x' }, customer),
    },
    {
      input: 'The lines of a dashboard order',
      bound: '500 lines',
      allowed: form('/dashboard/orders/new', {}, owner, drafted(products[0], 500)),
      refused: form('/dashboard/orders/new', {}, owner, drafted(products[0], 501)),
    },
  ];
}

function drafted(product: string | undefined, lines: number): string {
  return `productId=${product}&quantity=1&`.repeat(lines).slice(0, -1);
}

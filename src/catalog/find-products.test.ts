import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { random } from '#db/seed/random.ts';
import type { Id } from '#db/ids.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { getProductList, productView } from './product-list.ts';

/** Random products of few words, so that most texts mean many of them. */
const COUNT = 1300;
const NAMES = ['tomato', 'butter', 'egg', 'eggplant', 'oil', 'crème', 'red', 'rice', 'ox', '12'];
const MARKS = ['-', ' ', '', '.'];
const CATEGORIES = ['Produce', 'Dairy', 'Red goods'];
const EVERYWHERE = 'packed in carton';

interface Made {
  name: string;
  sku: string;
  category: string;
  description: string;
  stock: number;
  active: boolean;
}

let company: CompanyFixture;
let made: (Made & { id: Id<'product'> })[];

beforeAll(async () => {
  company = await freshCompany();
  const chance = random(7);
  const one = <T>(values: readonly T[]) => chance.pick(values);
  const products = Array.from({ length: COUNT }, (_, n): Made => {
    const name = Array.from({ length: chance.between(1, 3) }, () => one(NAMES)).join(
      one([' ', ', ', '-']),
    );
    const sku = `${one(['ab', 'AB', 'egg', 'q'])}${one(MARKS)}${n}`;
    const description = `${n % 8 ? EVERYWHERE : ''} ${one(NAMES)}`.trim();
    return { name, sku, category: one(CATEGORIES), description, stock: n % 40, active: n % 7 > 0 };
  });
  const ids = await productsFor(company, products);
  made = products.map((product, n) => ({ ...product, id: ids[n] as Id<'product'> }));
});

const folded = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, ' ');

/** The rank of a product by the rules alone; null = it does not have all words. */
function modelRank({ name, sku, category, description }: Made, text: string): number | null {
  const words = folded(text).trim().split(' ');
  const squeezed = words.join('');
  const squeezedSku = folded(sku).replaceAll(' ', '');
  const has = (parts: string[]) =>
    words.every((word) => `${squeezedSku}\n${parts.map(folded).join('\n')}`.includes(word));
  if (!has([name, sku, category, description])) return null;
  if (squeezedSku === squeezed) return 0;
  if (squeezedSku.startsWith(squeezed)) return 1;
  const ofName = folded(name).trim().split(/ +/);
  if (words.every((word) => ofName.includes(word))) {
    const firstPart = folded(name.split(',')[0] ?? '').trim();
    return firstPart === words.join(' ') ? 2 : 3;
  }
  if (has([name, sku])) return 4;
  return has([name, sku, category]) ? 6 : 7;
}

/** Of more products than these, and of words that no index finds, only those are ranked that may come first. */
function isRanked(text: string): boolean {
  const long = folded(text)
    .split(' ')
    .filter((word) => word.length > 2);
  return (
    long.length > 0 &&
    made.filter((product) => modelRank(product, long.join(' ')) !== null).length <= 1000
  );
}

const TEXTS = [
  'tomato',
  'butter red',
  'egg',
  'eggplant',
  'creme',
  'oil rice egg',
  'ab',
  'AB12',
  'egg-1',
  'q',
  'ox 12',
  'packed',
  'packed 12',
  'goods',
  'zzqqxx',
];

async function everyPage(query: Record<string, string | undefined>, limit: number) {
  const pages = [];
  let after = '';
  do {
    const { page, isNear } = await getProductList(
      as(company, 'OWNER'),
      productView({ ...query, after }),
      limit,
    );
    pages.push({ ...page, isNear });
    after = page.hasMore ? (page.last ?? '') : '';
  } while (after !== '');
  return pages;
}

describe('the pages of a search', () => {
  it('have every product that has the words once, the best ranks first, and the same backwards', async () => {
    const filters = [{ active: 'true' }, { category: 'Dairy' }, { stock: 'low' }];
    for (const [n, q] of TEXTS.entries()) {
      for (const filter of [{}, filters[n % 3]]) {
        const query: Record<string, string | undefined> = { q, ...filter };
        const limit = 290;
        const pages = await everyPage(query, limit);
        const rows = pages.flatMap((page) => (page.isNear ? [] : page.rows));
        const name = JSON.stringify(query);
        const wanted = made.filter(
          (product) =>
            modelRank(product, q) !== null &&
            (query['active'] === undefined || product.active) &&
            (query['category'] === undefined || product.category === query['category']) &&
            (query['stock'] === undefined || product.stock <= 5),
        );
        expect(rows.map(({ id }) => id).toSorted(), name).toEqual(
          wanted.map(({ id }) => id).toSorted(),
        );
        if (isRanked(q)) {
          const byId = new Map(wanted.map((product) => [product.id, modelRank(product, q)]));
          const ranks = rows.map(({ id }) => byId.get(id) ?? -1);
          expect(ranks, name).toEqual(ranks.toSorted((a, b) => a - b));
        }
        const last = pages.at(-1);
        for (let at = pages.length - 2, before = last?.first ?? ''; at >= 0; at -= 1) {
          const { page } = await getProductList(
            as(company, 'OWNER'),
            productView({ ...query, before }),
            limit,
          );
          expect(page.rows, `${name}, page ${at} backwards`).toEqual(pages[at]?.rows);
          before = page.first ?? '';
        }
      }
    }
  });

  it('have the same products in any other order', async () => {
    for (const q of TEXTS) {
      const found = await everyPage({ q, sort: '-price' }, 500);
      const wanted = made.filter((product) => modelRank(product, q) !== null);
      expect(found.flatMap(({ rows }) => rows.map(({ id }) => id)).toSorted(), q).toEqual(
        wanted.map(({ id }) => id).toSorted(),
      );
    }
  });
});

import type { DemoProduct } from './demo-products.ts';
import { type Random, random } from './random.ts';

/** What a customer buys again and again, how much of it, and every how many days. */
export interface Habit {
  every: number;
  usual: { product: DemoProduct; quantity: number; priceCents: number }[];
}

/** What a business buys beyond what everybody does, as its name tells. */
const TASTES: [RegExp, string[]][] = [
  [/sushi|wok|thai|noodle|baan|phở|izakaya/iu, ['Seafood', 'Dry Goods', 'Spices & Condiments']],
  [/fish|oyster|harbor|dock|heron|otter|coast/iu, ['Seafood', 'Oils & Vinegars', 'Produce']],
  [/bak|bäck|coffee|crêp|brunch|café/iu, ['Bakery', 'Dry Goods', 'Dairy & Eggs', 'Beverages']],
  [/cucina|oster|tratt|pizza|enzo|fratelli/iu, ['Cheese', 'Canned & Preserved', 'Dry Goods']],
  [/bbq|grill|butcher|sausage|pub|diner|brew/iu, ['Meat & Poultry', 'Bakery', 'Beverages']],
  [/market|grocer|co-op|pantry|provisions|deli/iu, ['Cheese', 'Canned & Preserved', 'Beverages']],
  [/saffron|zaytoon|lisbon|fig|marché/iu, ['Spices & Condiments', 'Oils & Vinegars', 'Cheese']],
];
const EVERYBODY = ['Produce', 'Dairy & Eggs', 'Kitchen Supplies', 'Meat & Poultry'];

/** @param seed decides; the same customer always has the same habit */
export function habitOf(name: string, products: DemoProduct[], seed: number): Habit {
  const chance = random(seed);
  const categories = [
    ...(TASTES.find(([words]) => words.test(name))?.[1] ?? ['Produce', 'Meat & Poultry', 'Bakery']),
    ...chance.some(EVERYBODY, 2),
  ];
  const liked = products.filter(({ category }) => categories.includes(category));
  return {
    every: chance.between(7, 19),
    usual: chance.some(liked, chance.between(6, 13)).map((product) => usually(product, chance)),
  };
}

const BUYERS = [
  'Large Eggs, Cage Free',
  'Sourdough Loaf',
  'Hass Avocados',
  'Baby Spinach',
  'Oat Milk, Barista',
  'House Espresso, Whole Bean',
  'Atlantic Salmon Fillet',
  'Roma Tomatoes',
  'Extra Virgin Olive Oil',
  'Burrata',
  'Sparkling Water',
  'Takeout Containers, 32 oz',
];

/** What the demo customer buys, twice a week. */
export function buyersHabit(products: DemoProduct[]): Habit {
  const chance = random(7);
  const liked = products.filter(({ name }) => BUYERS.includes(name));
  return { every: 4, usual: liked.map((product) => usually(product, chance)) };
}

/** So much of it as people take, at the catalogue's price. */
export function usually(product: DemoProduct, chance: Random): Habit['usual'][number] {
  return { product, quantity: quantityOf(product, chance), priceCents: product.priceCents };
}

/** Of what is dear people buy less. */
function quantityOf({ priceCents }: DemoProduct, chance: Random): number {
  if (priceCents >= 10_000) return chance.between(1, 2);
  return priceCents >= 4_000 ? chance.between(1, 5) : chance.between(2, 9);
}

/** The same habit at a customer's own prices, for some of what they buy: up to an eighth less, in steps of 5 cents. */
export function negotiated({ every, usual }: Habit, chance: Random): Habit {
  return {
    every,
    usual: usual.map((line, n) => {
      if (n % 2 === 1) return line;
      const factor = chance.between(88, 96) / 100;
      return { ...line, priceCents: Math.round((line.priceCents * factor) / 5) * 5 };
    }),
  };
}

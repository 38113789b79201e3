import { newId } from '../ids.ts';
import { DEMO_LARDER } from './demo-larder.ts';
import { DEMO_COLD_STORE } from './demo-cold-store.ts';

interface Extra {
  /** No longer sold. */
  inactive?: true;
  /** Units that call for a warning; otherwise the company's threshold. */
  low?: number;
}

/** Price in dollars, stock in units. */
type DemoLine = [
  name: string,
  description: string,
  unit: string,
  price: number,
  stock: number,
  extra?: Extra,
];

/** What stands on one shelf, under the letters its SKUs begin with. */
export type DemoShelf = { category: string; letters: string; lines: DemoLine[] };

export type DemoProduct = ReturnType<typeof demoProducts>[number];

/** Everything the demo company sells, or sold until lately. `stock` is what three months of orders leave on hand. */
export function demoProducts() {
  return [...DEMO_COLD_STORE, ...DEMO_LARDER].flatMap(({ category, letters, lines }) =>
    lines.map(([name, description, unit, price, stock, extra = {}], n) => ({
      id: newId('product'),
      imageId: newId('image'),
      category,
      sku: `${letters}-${String(101 + n * 7)}`,
      name,
      description,
      unit,
      priceCents: Math.round(price * 100),
      stock,
      active: !extra.inactive,
      lowStockThreshold: extra.low ?? null,
    })),
  );
}

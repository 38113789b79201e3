/** What the server suggests, as far as it is shown. */
export type Product = {
  id: string;
  name: string;
  sku: string | null;
  unit: string;
  priceCents: number;
  onHand: number;
};

const PATIENCE = 60;
const known = new Map<string, Product[]>();

/** Answers may come out of order: only the latest question's is shown. */
let questions = 0;

/** Nothing that was asked is waited for any more. */
export function stopAsking(): void {
  questions += 1;
}

/** Products for a text, at once where they are known, or when the server has answered and nothing else was asked since. */
export function ask(path: string, text: string, show: (products: Product[]) => void): void {
  stopAsking();
  const question = questions;
  const before = known.get(text);
  if (before) return show(before);
  const showIfLatest = (products: Product[]) => {
    if (question === questions) show(products);
  };
  setTimeout(() => {
    if (question === questions) void fetched(path, text).then(showIfLatest, () => showIfLatest([]));
  }, PATIENCE);
}

async function fetched(path: string, text: string): Promise<Product[]> {
  const response = await fetch(`${path}/suggestions?q=${encodeURIComponent(text)}`);
  if (!response.ok || response.redirected) return [];
  const products = (await response.json()) as Product[];
  known.set(text, products);
  return products;
}

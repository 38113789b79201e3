/** What the server suggests, as far as it is shown. */
export type Product = {
  id: string;
  name: string;
  sku: string | null;
  unit: string;
  priceCents: number;
  onHand: number;
  /** Its name or SKU matches: Enter may take it. */
  byName: boolean;
  /** It only looks like the text. */
  isNear: boolean;
};

const PATIENCE = 60;
const known = new Map<string, Product[]>();

/** Answers may come out of order: only the latest question's is shown. */
let questions = 0;

/** Nothing that was asked is waited for any more. */
export function stopAsking(): void {
  questions += 1;
}

/**
 * Asks for the products a text means, and shows them unless something else was asked since.
 * @param show is given null where the server could not be asked
 */
export function ask(path: string, text: string, show: (products: Product[] | null) => void): void {
  stopAsking();
  const question = questions;
  const before = known.get(text);
  if (before) return show(before);
  const showIfLatest = (products: Product[] | null) => {
    if (question === questions) show(products);
  };
  setTimeout(() => {
    if (question === questions)
      void fetched(path, text).then(showIfLatest, () => showIfLatest(null));
  }, PATIENCE);
}

async function fetched(path: string, text: string): Promise<Product[] | null> {
  const response = await fetch(`${path}/suggestions?q=${encodeURIComponent(text)}`);
  if (!response.ok || response.redirected) return null;
  const products = (await response.json()) as Product[];
  known.set(text, products);
  return products;
}

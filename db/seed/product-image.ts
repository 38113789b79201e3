import { MOTIFS, type Palette } from './product-image-motifs.ts';

type Motif = keyof typeof MOTIFS;

/** What a product's name says it comes in or looks like; the first that fits. */
const BY_NAME: [RegExp, Motif][] = [
  [
    /sauce|\boil|vinegar|wine|syrup|milk|cream\b|juice|water|soda|beer|lemonade|cleaner|soap/iu,
    'bottle',
  ],
  [/\bcan(s|ned)?\b|tinned|beans|chickpea|tomato.*peeled|crushed tomato|tuna|cola/iu, 'can'],
  [/jam|honey|jar|pickle|olive|mustard|mayo|pesto|tahini|caper|spice|pepper|salt|cumin/iu, 'jar'],
  [/flour|sugar|sack|bag\b|semolina|oats|coffee beans|couscous|nuts|almond/iu, 'bag'],
  [
    /napkin|box|container|glove|foil|film|towel|carton|pasta|spaghetti|penne|cracker|tea\b/iu,
    'box',
  ],
  [/chees|parm|mozz|feta|gouda|cheddar|brie|ricotta|halloumi|butter/iu, 'cheese'],
  [/fish|salmon|cod|trout|bass|shrimp|prawn|oyster|mussel|squid|halibut|anchov/iu, 'fish'],
  [/lettuce|spinach|kale|basil|parsley|mint|herb|cilantro|rocket|arugula|cabbage/iu, 'leaf'],
  [/bread|loaf|bun|roll|baguette|croissant|tortilla|pita|bagel|dough|cake/iu, 'bread'],
  [/coffee|espresso|cocoa|cup|yog|chocolate|soup|broth|stock/iu, 'cup'],
  [/carrot|potato|onion|garlic|beet|parsnip|turnip|ginger|vegetable|celery|leek/iu, 'carrot'],
  [/egg/iu, 'egg'],
  [/beef|steak|pork|lamb|chicken|duck|turkey|bacon|ham\b|sausage|brisket|mince|veal/iu, 'steak'],
  [
    /apple|pear|orange|lemon|lime|berr|peach|plum|mango|melon|tomato|avocado|fruit|grape/iu,
    'fruit',
  ],
  [/rice|lentil|quinoa|bulgur|noodle|grain|barley|salad|bowl/iu, 'bowl'],
];

/** What else is in a category, where the name says nothing. */
const BY_CATEGORY: [RegExp, Motif][] = [
  [/drink|beverage|oil|clean/iu, 'bottle'],
  [/dairy|chees/iu, 'cheese'],
  [/fish|sea/iu, 'fish'],
  [/meat|poultry/iu, 'steak'],
  [/bak|bread/iu, 'bread'],
  [/produce|vegetable/iu, 'carrot'],
  [/fruit/iu, 'fruit'],
  [/herb/iu, 'leaf'],
  [/spice|condiment|sauce|preserve/iu, 'jar'],
  [/can|tin/iu, 'can'],
  [/flour|grain|dry|pantry|staple/iu, 'bag'],
  [/coffee|tea/iu, 'cup'],
];

/** Wall, light, main, shade, pale. */
const PALETTES: Palette[] = [
  ['#e3efdc', '#f0f7ec', '#5f9e4a', '#467a36', '#dcedb4'],
  ['#fbe6d4', '#fdf2e8', '#df7d33', '#b55d1e', '#fbd79a'],
  ['#dcebf5', '#ecf5fa', '#3d86b8', '#2a668f', '#cfe6f2'],
  ['#f9efcf', '#fdf7e4', '#dba51c', '#b08010', '#fbe9ab'],
  ['#f8dfdd', '#fcefee', '#c8504a', '#9b3833', '#f7c9bd'],
  ['#efe4d8', '#f8f1ea', '#a87446', '#815530', '#ecd3b0'],
  ['#e6e2f3', '#f3f1fa', '#7c68b5', '#5c4a92', '#dcd2f2'],
  ['#d9efeb', '#ebf7f5', '#35937f', '#217061', '#c4ebdf'],
].map(([wall = '', light = '', main = '', shade = '', pale = '']) => ({
  wall,
  light,
  main,
  shade,
  pale,
}));

const CATEGORY_PALETTES: [RegExp, number][] = [
  [/produce|vegetable|herb|salad/iu, 0],
  [/fruit|juice|spice/iu, 1],
  [/fish|sea|water/iu, 2],
  [/dairy|chees|egg|oil/iu, 3],
  [/meat|poultry|deli|sauce/iu, 4],
  [/bak|bread|grain|flour|dry|pantry|coffee/iu, 5],
  [/clean|paper|packag|supply/iu, 7],
];

/**
 * A flat picture of a product as SVG, 640 pixels square: what its name says it is, in the colours of its category.
 * The same words always make the same picture.
 */
export function drawProduct(category: string, name: string): string {
  const motif =
    BY_NAME.find(([words]) => words.test(name))?.[1] ??
    BY_CATEGORY.find(([words]) => words.test(category))?.[1] ??
    'box';
  const index = CATEGORY_PALETTES.find(([words]) => words.test(category))?.[1] ?? hash(category);
  const colors = PALETTES[index % PALETTES.length];
  if (!colors) throw new Error('There are no palettes.');
  // Products of one kind in one category differ a little, as things on a shelf do.
  const variant = hash(name) % 4;
  const turn = [0, -5, 4, 0][variant] ?? 0;
  const mirror = variant === 3 ? ' translate(320 0) scale(-1 1)' : '';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 320 320">' +
    `<rect width="320" height="320" fill="${colors.wall}"/>` +
    `<circle cx="${150 + variant * 8}" cy="150" r="118" fill="${colors.light}"/>` +
    `<ellipse cx="160" cy="258" rx="92" ry="12" fill="${colors.shade}" opacity=".22"/>` +
    `<g transform="rotate(${turn} 160 250)${mirror}">${MOTIFS[motif](colors)}</g></svg>`
  );
}

/** A number that a text always has (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

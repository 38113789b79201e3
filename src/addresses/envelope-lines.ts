import type { OrderAddress } from '#db/schema/index.ts';

/** An address as on an envelope, without what people call it. */
export function envelopeLines(address: Omit<OrderAddress, 'label'>): string[] {
  const { line1, line2, city, region, postalCode, country } = address;
  const place = [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, place, country].filter((line) => line !== null);
}

import type { Address } from '#src/addresses/queries.ts';
import { Badge } from './badge.tsx';
import { Prose, Row } from './layout.tsx';

/** An address by the name people gave it, with its lines as on an envelope. */
export function PostalAddress({ address }: { address: Address }) {
  return (
    <>
      <Row>
        <strong>{address.label}</strong>
        {address.isDefault && <Badge tone="info">Default</Badge>}
      </Row>
      <Prose>
        {lines(address).map((line) => (
          <div>{line}</div>
        ))}
      </Prose>
    </>
  );
}

function lines({ line1, line2, city, region, postalCode, country }: Address): string[] {
  const place = [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  return [line1, line2, place, country].filter((line) => line !== null);
}

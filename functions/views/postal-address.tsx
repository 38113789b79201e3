import { envelopeLines } from '#src/addresses/envelope-lines.ts';
import type { Address } from '#src/addresses/queries.ts';
import { Badge } from './badge.tsx';
import { Prose, Row } from './layout.tsx';

/** Of a customer's list, or as an order keeps it. */
type Shown = Omit<Address, 'id' | 'isDefault'> & { isDefault?: boolean };

/** An address by the name people gave it, where it has one, with its lines as on an envelope. */
export function PostalAddress({ address }: { address: Shown }) {
  return (
    <>
      {address.label !== '' && (
        <Row>
          <strong>{address.label}</strong>
          {address.isDefault && <Badge tone="info">Default</Badge>}
        </Row>
      )}
      <Prose>
        {envelopeLines(address).map((line) => (
          <div>{line}</div>
        ))}
      </Prose>
    </>
  );
}

import { envelopeLines } from '#src/addresses/envelope-lines.ts';
import type { Address } from '#src/addresses/queries.ts';
import { Badge } from './badge.tsx';
import { fitted } from './fitted.ts';
import { Prose, Row } from './layout.tsx';

/** Of a customer's list, or as an order keeps it. */
type Shown = Omit<Address, 'id' | 'isDefault'> & { isDefault?: boolean };

/**
 * An address by the name people gave it, where it has one, with its lines as on an envelope.
 * @param room bytes for each line, where many addresses are shown
 */
export function PostalAddress({ address, room = 1_500 }: { address: Shown; room?: number }) {
  return (
    <>
      {address.label !== '' && (
        <Row>
          <strong>{fitted(address.label, room)}</strong>
          {address.isDefault && <Badge tone="info">Default</Badge>}
        </Row>
      )}
      <Prose>
        {envelopeLines(address).map((line) => (
          <div>{fitted(line, room)}</div>
        ))}
      </Prose>
    </>
  );
}

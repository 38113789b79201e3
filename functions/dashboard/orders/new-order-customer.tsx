import type { Customer } from '#src/customers/queries.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Email } from '../../views/email.tsx';
import { Prose, Row } from '../../views/layout.tsx';
import { nameOf } from '../../views/name-of.ts';
import { Notice } from '../../views/notice.tsx';
import { InlineSearch } from '../../views/search-box.tsx';
import { Table } from '../../views/table.tsx';
import { StatusBadge } from '../customers/status-badge.tsx';

type Props = {
  customer: Customer | null;
  found: Customer[];
  draft: OrderDraft;
  /** The page was opened with nothing typed: typing begins here. */
  isFresh: boolean;
};

/** The customer, found by name or email; an order may have none. */
export function CustomerCard({ customer, found, draft, isFresh }: Props) {
  if (customer) return <Chosen customer={customer} />;
  const { findCustomer } = draft;
  return (
    <Card
      title="Customer"
      description="Optional. Uses the customer’s prices and addresses."
      toolbar={
        <InlineSearch
          id="find-customer"
          name="findCustomer"
          label="Find a customer by name or email"
          placeholder="Name or email"
          value={findCustomer}
          autofocus={isFresh}
        />
      }
      flush
    >
      {found.length > 0 && <Found customers={found} />}
      {found.length === 0 && findCustomer !== '' && (
        <Notice tone="info">No customers match “{findCustomer}”.</Notice>
      )}
    </Card>
  );
}

function Chosen({ customer }: { customer: Customer }) {
  const { name, email, status } = customer;
  return (
    <Card
      title="Customer"
      actions={
        <Button name="dropCustomer" value="customer">
          Change
        </Button>
      }
    >
      <Row>
        <strong>{nameOf(customer)}</strong>
        {status === 'BLOCKED' && <StatusBadge status={status} />}
      </Row>
      {name !== null && (
        <Prose>
          <Email address={email} />
        </Prose>
      )}
      {status === 'BLOCKED' && <Prose>This customer is blocked and cannot order.</Prose>}
    </Card>
  );
}

function Found({ customers }: { customers: Customer[] }) {
  return (
    <Table
      caption="Customers found"
      rows={customers}
      columns={[
        { header: 'Name', cell: (customer) => nameOf(customer) },
        { header: 'Email', cell: ({ email }) => <Email address={email} /> },
        { header: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
        {
          header: 'Select',
          align: 'end',
          cell: (customer) => (
            <Button
              name="pickCustomer"
              value={customer.id}
              disabled={customer.status === 'BLOCKED'}
            >
              Select<span class="sr-only"> {nameOf(customer)}</span>
            </Button>
          ),
        },
      ]}
    />
  );
}

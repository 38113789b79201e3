import type { LowProduct } from '#src/companies/dashboard-home.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';
import { Link } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { Table } from '../../views/table.tsx';

/** What should be bought soon, the least on hand first. */
export function LowStock({ products }: { products: LowProduct[] }) {
  return (
    <Card
      title="Low stock"
      actions={<Link href="/dashboard/inventory?stock=low">See all</Link>}
      flush
    >
      {products.length === 0 ? (
        <EmptyState title="Nothing is running out" icon="circle-check" />
      ) : (
        <Table
          caption="Products that are low in stock"
          rows={products}
          rowHref={({ id }) => `/dashboard/inventory/${id}/edit`}
          columns={[
            { header: 'Product', cell: ({ name }) => name },
            { header: 'SKU', cell: ({ sku }) => sku, hideWhenNarrow: true },
            {
              header: 'In stock',
              align: 'end',
              cell: ({ onHand }) =>
                onHand === 0 ? <Badge tone="danger">None left</Badge> : formatNumber(onHand),
            },
          ]}
        />
      )}
    </Card>
  );
}

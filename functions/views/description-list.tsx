import type { Child } from 'hono/jsx';

type DescriptionListProps = { items: readonly { label: string; value: Child }[] };

/** Names and values, read-only. */
export function DescriptionList({ items }: DescriptionListProps) {
  return (
    <dl class="details-list">
      {items.map(({ label, value }) => (
        <>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

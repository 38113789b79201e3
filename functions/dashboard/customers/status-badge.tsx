import type { CustomerStatus } from '#src/customers/schema.ts';
import { Badge } from '../../views/badge.tsx';

export function StatusBadge({ status }: { status: CustomerStatus }) {
  return status === 'ACTIVE' ? (
    <Badge tone="success">Active</Badge>
  ) : (
    <Badge tone="danger">Blocked</Badge>
  );
}

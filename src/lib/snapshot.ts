/** A resource as db/sql/snapshots.sql wrote it, its times dates again. */
export function fromSnapshot<Row extends { createdAt: Date; updatedAt: Date }>(
  snapshot: unknown,
): Row {
  const row = snapshot as Record<string, unknown> & { createdAt: string; updatedAt: string };
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
  } as unknown as Row;
}

interface DuplicateKey {
  row: number;
  key: string;
  /** The first other row with the same key. */
  other: number;
}

/** Every row whose key is on another row too, in the order given. */
export function duplicateKeys(
  rows: readonly { row: number; key: string | null }[],
): DuplicateKey[] {
  const byKey = new Map<string, number[]>();
  for (const { row, key } of rows) {
    if (key === null) continue;
    const others = byKey.get(key);
    if (others) others.push(row);
    else byKey.set(key, [row]);
  }
  return [...byKey].flatMap(([key, [first = 0, second, ...more]]) =>
    second === undefined
      ? []
      : [
          { row: first, key, other: second },
          ...[second, ...more].map((row) => ({ row, key, other: first })),
        ],
  );
}

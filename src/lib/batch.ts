import { z } from 'zod';
import { AppError, type ErrorCode, type FieldError } from './errors.ts';
import { fieldErrors, PROBLEMS_MAX } from './parse.ts';

/** Items of a batch, at most. */
export const BATCH_MAX = 100;

const COUNT = `Send between 1 and ${BATCH_MAX} items.`;

/** What any batch is; each item has its own schema, so that one that is wrong can fail by itself. */
export const BatchInput = z.object({
  items: z.array(z.unknown(), COUNT).min(1, COUNT).max(BATCH_MAX, COUNT),
  atomic: z.boolean('Atomic must be true or false.').default(true),
});
export type BatchInput = z.infer<typeof BatchInput>;

/** What is wrong with one item, as the answer to it alone would say; paths are its own. */
export interface ItemFailure {
  code: ErrorCode;
  fields: [FieldError, ...FieldError[]];
}

/** A batch that has been read: what can be tried, and what is wrong with the rest of it, by index. */
export interface Batch<Item> {
  atomic: boolean;
  items: { index: number; item: Item }[];
  failures: Map<number, ItemFailure>;
}

/**
 * The items as their schema has them. The same key twice is wrong in every place: nobody knows which one is meant.
 * @param key the field items are known by, and what it is called
 * @throws AppError validation: of an atomic batch everything that is wrong
 */
export function readBatch<S extends z.ZodType<Record<string, unknown>>>(
  schema: S,
  { items, atomic }: BatchInput,
  key: { field: string; label: string },
): Batch<z.output<S>> {
  const batch: Batch<z.output<S>> = { atomic, items: [], failures: new Map() };
  for (const [index, raw] of items.entries()) {
    const { data, error } = schema.safeParse(raw);
    if (error) batch.failures.set(index, invalidItem(error));
    else batch.items.push({ index, item: data });
  }
  const byKey = Map.groupBy(batch.items, ({ item }) => item[key.field]);
  for (const same of byKey.values()) {
    if (same.length === 1) continue;
    for (const { index } of same) {
      const other = same.find((item) => item.index !== index)?.index;
      const message = `Duplicate ${key.label}: also in items.${other}.`;
      batch.failures.set(index, { code: 'validation', fields: [{ path: key.field, message }] });
    }
  }
  batch.items = batch.items.filter(({ index }) => !batch.failures.has(index));
  if (atomic && batch.failures.size > 0) throw wholeFailure(batch.failures);
  return batch;
}

export function invalidItem(error: z.ZodError): ItemFailure {
  return { code: 'validation', fields: fieldErrors(error) };
}

/** What an atomic batch is refused with: the first problem by its place in the batch, and all of them as fields. */
function wholeFailure(failures: ReadonlyMap<number, ItemFailure>): AppError {
  const inOrder = [...failures].toSorted(([a], [b]) => a - b);
  const fields = inOrder
    .flatMap(([index, failure]) =>
      failure.fields.map(({ path, message }) => ({
        path: ['items', index, ...(path === '' ? [] : [path])].join('.'),
        message,
      })),
    )
    .slice(0, PROBLEMS_MAX);
  const code = inOrder[0]?.[1].code ?? 'validation';
  const first = fields[0] ?? { path: 'items', message: 'Invalid input.' };
  // Which item found the plan full says nothing about that item.
  const message = code === 'plan_limit' ? first.message : `${first.path}: ${first.message}`;
  return new AppError(code, message, fields);
}

/** What the database says has become of an item. */
export type Upserted<Reason extends string> =
  | { index: number; status: 'created' | 'updated' | 'unchanged'; row: unknown }
  | { index: number; status: 'failed'; reason: Reason };

/** What has become of one item of a batch. */
export type ItemResult<Row> =
  | { index: number; status: 'created' | 'updated' | 'unchanged'; row: Row }
  | { index: number; status: 'failed'; failure: ItemFailure };

/**
 * What has become of every item, in their order.
 * @param explain what a reason of the database's means for the item
 * @throws AppError what an atomic batch failed for
 */
export function batchResults<Item, Row, Reason extends string>(
  batch: Batch<Item>,
  upserted: readonly Upserted<Reason>[],
  read: (snapshot: unknown) => Row,
  explain: (reason: Reason, item: Item) => ItemFailure,
): ItemResult<Row>[] {
  const itemAt = new Map(batch.items.map(({ index, item }) => [index, item]));
  const failures = new Map(batch.failures);
  const results: ItemResult<Row>[] = [];
  for (const result of upserted) {
    if (result.status !== 'failed') {
      results.push({ index: result.index, status: result.status, row: read(result.row) });
      continue;
    }
    const item = itemAt.get(result.index);
    if (item === undefined) throw new Error('The database names an item nobody sent.');
    failures.set(result.index, explain(result.reason, item));
  }
  if (batch.atomic && failures.size > 0) throw wholeFailure(failures);
  for (const [index, failure] of failures) results.push({ index, status: 'failed', failure });
  return results.toSorted((a, b) => a.index - b.index);
}

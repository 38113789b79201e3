import { z } from '@hono/zod-openapi';
import { BATCH_MAX, BatchInput, type ItemFailure, type ItemResult } from '#src/lib/batch.ts';
import { jsonBody } from './contract.ts';
import { accepted, Problem } from './responses.ts';

/**
 * The body of a batch. It is validated but for its items, which are read one by one: in the document they are what
 * `item` names.
 */
export function batchBody(id: string, item: string) {
  const { items, atomic } = BatchInput.shape;
  const schema = z
    .object({
      items: items.meta({
        type: 'array',
        items: { $ref: `#/components/schemas/${item}` },
        minItems: 1,
        maxItems: BATCH_MAX,
      }),
      atomic: atomic.meta({
        description: 'Whether one item that fails keeps all others from being written, too.',
      }),
    })
    .meta({ id });
  return jsonBody(schema);
}

const FailedItem = z
  .object({ index: z.int(), status: z.literal('failed'), error: Problem })
  .meta({ id: 'FailedItem' });

/** What has become of each item. */
export function batchResult<S extends z.ZodType>(id: string, schema: S) {
  const done = z
    .object({
      index: z.int().meta({ description: 'Its place in `items`, from 0.' }),
      status: z.enum(['created', 'updated', 'unchanged']),
      data: schema,
    })
    .meta({ id });
  return accepted(z.array(z.union([done, FailedItem])), 'What has become of each item');
}

/** The results as JSON; every row goes through its schema, so nothing is published by accident. */
export function batchOut<S extends z.ZodType, T>(
  schema: S,
  results: ItemResult<T>[],
  out: (row: T) => z.input<S>,
) {
  return {
    data: results.map((result) =>
      result.status === 'failed'
        ? { index: result.index, status: result.status, error: problemOf(result.failure) }
        : { index: result.index, status: result.status, data: schema.parse(out(result.row)) },
    ),
  };
}

function problemOf({ code, fields }: ItemFailure): z.infer<typeof Problem> {
  return { error: fields[0].message, code, ...(fields.length > 1 && { fields }) };
}

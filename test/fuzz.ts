import fc from 'fast-check';
import type { OpenApi } from './api.ts';

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  format?: string;
  example?: unknown;
};
type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: Schema };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

/** One request a stranger with the document, and a few bad ideas, might send. */
export interface FuzzedRequest {
  operationId: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  json: unknown;
}

const UNSAFE_TEXT = [
  '',
  ' ',
  '\u0000',
  '\uD800',
  '0',
  '-1',
  'null',
  '%',
  "' or 1=1",
  '𝒳'.repeat(300),
];

/**
 * Requests to every operation of the document: mostly what its schemas allow, each part now and then something else.
 * @param ids what path and body may name, so that some of it is there
 * @param only the ids of the operations to ask; all of them if left out
 */
export function requestsTo(
  document: OpenApi,
  ids: readonly string[],
  only?: readonly string[],
): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => only?.includes(operationId) ?? true)
      .map(([method, operation]) =>
        requestTo(document, path, method, operation as unknown as Operation, ids),
      ),
  );
  return fc.oneof(...operations);
}

function requestTo(
  document: OpenApi,
  template: string,
  method: string,
  operation: Operation,
  ids: readonly string[],
): fc.Arbitrary<FuzzedRequest> {
  const { operationId, parameters = [], requestBody } = operation;
  const values = valuesOf(document, ids);
  const pathPart = (schema: Schema) =>
    fc.oneof(
      { weight: 8, arbitrary: values(schema) },
      { weight: 1, arbitrary: fc.constantFrom(...ids) },
      { weight: 1, arbitrary: fc.string({ minLength: 1 }) },
    );
  const texts = (where: Parameter['in']) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, schema }) => [
            name,
            where === 'path'
              ? pathPart(schema)
              : fc.oneof(values(schema), fc.constantFrom(...UNSAFE_TEXT)),
          ]),
      ),
      { requiredKeys: where === 'path' ? undefined : [] } as fc.RecordConstraints<string>,
    );
  const schema = requestBody?.content['application/json']?.schema;
  const body = schema
    ? fc.oneof({ weight: 9, arbitrary: values(schema) }, { weight: 1, arbitrary: fc.jsonValue() })
    : fc.constant(undefined);
  return fc
    .record({ path: texts('path'), query: texts('query'), headers: texts('header'), json: body })
    .map(({ path, query, headers, json }) => {
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, String(value)]),
      ).toString();
      const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(path[name]).toWellFormed()),
      );
      return {
        operationId,
        method: method.toUpperCase(),
        path: search === '' ? filled : `${filled}?${search}`,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, sendable(String(value))]),
        ),
        json,
      };
    });
}

/** What a header can carry at all. */
const sendable = (text: string) => text.replaceAll(/[^\u0021-\u007E]/g, '').slice(0, 300) || 'x';

/** Values a schema allows, and about one in ten it does not. */
function valuesOf(document: OpenApi, ids: readonly string[]) {
  const resolve = (schema: Schema): Schema =>
    schema.$ref
      ? (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema)
      : schema;

  const valid = (given: Schema, depth: number): fc.Arbitrary<unknown> => {
    const schema = resolve(given);
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    if (choices) return fc.oneof(...choices.map((choice) => values(choice, depth + 1)));
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if ('const' in schema) return fc.constant(schema.const);
    const types = [schema.type ?? 'string'].flat();
    return fc.oneof(...types.map((type) => ofType(type, schema, depth)));
  };

  const ofType = (type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1e6, 1e9) });
      case 'number':
        return fc
          .integer({
            min: (schema.minimum ?? -5) * 100,
            max: Math.min(schema.maximum ?? 1e6, 1e7) * 100,
          })
          .map((cents) => cents / 100);
      case 'array':
        return fc.array(values(schema.items ?? {}, depth + 1), { maxLength: 4 });
      case 'object':
        return fc.record(
          Object.fromEntries(
            Object.entries(schema.properties ?? {}).map(([name, property]) => [
              name,
              values(property, depth + 1),
            ]),
          ),
          { requiredKeys: schema.required ?? [] },
        );
      default:
        return textFor(schema);
    }
  };

  /** An id of the kind the example shows, where there is one. */
  const textFor = ({ format, example, maxLength }: Schema): fc.Arbitrary<string> => {
    const prefix = /^([a-z]{3})_/.exec(String(example))?.[1];
    const known = ids.filter((id) => id.startsWith(`${prefix}_`));
    if (prefix && known.length > 0) return fc.constantFrom(...known);
    if (format === 'date-time') {
      return fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map((date) => date.toISOString());
    }
    if (format === 'idn-email' || format === 'email') return fc.emailAddress();
    if (format === 'uri') return fc.webUrl();
    return fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength ?? 40, 40) });
  };

  const values = (schema: Schema, depth = 0): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 12, arbitrary: valid(schema, depth) },
      { weight: 1, arbitrary: fc.oneof(fc.jsonValue(), fc.constantFrom(...UNSAFE_TEXT)) },
    );
  return values;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { Statement, StatementResult } from './wire-batch.ts';

interface SqlRequest {
  statements: Statement[];
  /** The statement that opens the transaction of a batch; null for a single query. */
  begin: string | null;
  arrayMode: boolean;
}

/** The request itself is wrong; answered with 400 like an error of PostgreSQL. */
export class BadRequest extends Error {}

const ISOLATION_LEVELS: Record<string, string> = {
  ReadUncommitted: 'read uncommitted',
  ReadCommitted: 'read committed',
  RepeatableRead: 'repeatable read',
  Serializable: 'serializable',
};

/**
 * Reads the body `{query, params}` or `{queries: [{query, params}, …]}` and the `Neon-…` headers.
 * Values are passed as text both ways, which is all the driver asks for.
 */
export function parseSqlRequest(headers: IncomingHttpHeaders, body: string): SqlRequest {
  if (headers['neon-raw-text-output'] !== 'true') {
    throw new BadRequest('This endpoint needs the header Neon-Raw-Text-Output: true');
  }
  const parsed = parseJson(body) as { queries?: unknown };
  const batch = Array.isArray(parsed?.queries) ? (parsed.queries as unknown[]) : null;
  return {
    statements: (batch ?? [parsed]).map(toStatement),
    begin: batch && beginStatement(headers),
    arrayMode: headers['neon-array-mode'] === 'true',
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
}

function toStatement(value: unknown): Statement {
  const { query, params = [] } = (value ?? {}) as { query?: unknown; params?: unknown };
  if (typeof query !== 'string' || !Array.isArray(params)) {
    throw new BadRequest('A query needs a text and a list of params');
  }
  return { query, params: params.map(toText) };
}

function toText(param: unknown): string | null {
  if (param === null || typeof param === 'string') return param;
  return JSON.stringify(param);
}

function beginStatement(headers: IncomingHttpHeaders): string {
  let begin = 'begin';
  const isolation = headers['neon-batch-isolation-level'];
  if (isolation !== undefined) {
    const level = ISOLATION_LEVELS[String(isolation)];
    if (level === undefined) throw new BadRequest('Unknown Neon-Batch-Isolation-Level');
    begin += ` isolation level ${level}`;
  }
  if (headers['neon-batch-read-only'] === 'true') begin += ' read only';
  if (headers['neon-batch-deferrable'] === 'true') begin += ' deferrable';
  return begin;
}

/** Neon's answer: one result, or `{results}` for a batch. */
export function resultBody(
  results: StatementResult[],
  isBatch: boolean,
  arrayMode: boolean,
): string {
  const shown = results.map(({ command, rowCount, rows, fields }) => ({
    command,
    rowCount,
    rows: arrayMode
      ? rows
      : rows.map((row) => Object.fromEntries(fields.map(({ name }, i) => [name, row[i]]))),
    fields,
    rowAsArray: arrayMode,
  }));
  return JSON.stringify(isBatch ? { results: shown } : shown[0]);
}

const ERROR_FIELDS = [
  'severity',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'where',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/** Neon's error body: the message and PostgreSQL's error fields, null where it gave none. */
export function errorBody(error: unknown): string {
  const source = error as Partial<Record<(typeof ERROR_FIELDS)[number], string>>;
  const message = error instanceof Error ? error.message : String(error);
  return JSON.stringify({
    message,
    ...Object.fromEntries(ERROR_FIELDS.map((field) => [field, source[field] ?? null])),
  });
}

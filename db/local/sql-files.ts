import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';

const SQL = new URL('../sql/', import.meta.url);

export interface SqlFile {
  /** `db/sql/place-order.sql`, for messages and the record of applied files. */
  name: string;
  text: string;
  /** SHA-256 of the text, lower-case hex. */
  hash: string;
}

export const ROLES = readSqlFile('roles.sql');
/** Covers the tables and functions that exist, so it comes after them. */
export const ISOLATION = readSqlFile('isolation.sql');

/**
 * The files of functions and triggers, in the order in which they are applied: those of db/sql by name, then those of
 * db/sql/retired, which hold what the last release's Worker calls and this one does not (decision 51).
 */
export async function readSqlFiles(): Promise<SqlFile[]> {
  const names = (await readdir(SQL, { recursive: true })).filter((name) => name.endsWith('.sql'));
  const retired = names.filter((name) => name.startsWith('retired'));
  const current = names.filter((name) => !retired.includes(name));
  return [...current.toSorted(), ...retired.toSorted()]
    .filter((name) => name !== 'roles.sql' && name !== 'isolation.sql')
    .map(readSqlFile);
}

function readSqlFile(file: string): SqlFile {
  const text = readFileSync(new URL(file, SQL), 'utf8');
  return {
    name: `db/sql/${file}`,
    text,
    hash: createHash('sha256').update(text).digest('hex'),
  };
}

import { readdir, readFile, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { makeWritable } from './lock-directory.ts';
import { StartError } from './start-error.ts';

/** The release of PostgreSQL that PGlite is, as its directories name it. */
const RELEASE = '18';

/**
 * Opens the embedded database in a directory, and makes it there if the directory is empty or missing.
 * @param open opens a directory, and fills an empty one
 * @throws StartError if the directory holds something else; it is left to the person at the terminal
 */
export async function openPostgres<T extends PGlite>(
  directory: string,
  open: (directory: string) => T,
): Promise<T> {
  await makeWritable(directory);
  const release = await readRelease(directory);
  if (release === 'none') {
    await make(directory, open);
  } else if (release !== RELEASE) {
    throw new StartError(
      `The database in ${directory} cannot be opened (its release is ${release}, this is PostgreSQL ${RELEASE}): ${wayOut(directory)}`,
    );
  }
  return ready(directory, open(directory), 'cannot be opened');
}

/** Makes it beside the directory and moves it there when it is whole, so that a kill leaves no half of it. */
async function make(directory: string, open: (directory: string) => PGlite): Promise<void> {
  const unfinished = `${directory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const db = await ready(directory, open(unfinished), 'cannot be made');
  await db.close();
  await rename(unfinished, directory);
}

async function ready<T extends PGlite>(directory: string, db: T, problem: string): Promise<T> {
  try {
    await db.waitReady;
    return db;
  } catch (error) {
    const { bavail } = await statfs(directory);
    const reason = bavail === 0 ? 'the disk is full' : (error as { message?: string }).message;
    throw new StartError(
      `The database in ${directory} ${problem} (${reason ?? 'no reason given'}): ${wayOut(directory)}`,
      { cause: error },
    );
  }
}

/** @returns `none` for an empty directory */
async function readRelease(directory: string): Promise<string> {
  if ((await readdir(directory)).length === 0) return 'none';
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => '');
  return /^\d+\s*$/.test(version) ? version.trim() : 'unknown';
}

const wayOut = (directory: string) =>
  `move ${directory} away to start with an empty one, or set DATA_DIR to another directory.`;

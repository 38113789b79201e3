import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDirectory } from './lock-directory.ts';
import { StartError } from './start-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'distribu-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** What a process leaves that was killed. */
async function leave(owner: string): Promise<void> {
  await mkdir(join(directory, 'lock'));
  await writeFile(join(directory, 'owner'), owner);
}

it('lets one in at a time', async () => {
  const unlock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(StartError);
  await unlock();
  await (
    await lockDirectory(directory)
  )();
});

it('takes over from a killed process whose id another one has since', async () => {
  await leave(`${process.pid}@${hostname()}@a start long ago`);
  await (
    await lockDirectory(directory)
  )();
});

it.each([
  ['of another machine', `${process.pid}@elsewhere@a start long ago`],
  ['of a process that did not say when it was started', `${process.pid}@${hostname()}`],
])('respects the lock %s', async (_, owner) => {
  await leave(owner);
  await expect(lockDirectory(directory)).rejects.toThrow(
    `The data directory ${directory} is in use by process ${process.pid}:`,
  );
});

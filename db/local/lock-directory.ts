import { execFile } from 'node:child_process';
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';
import { StartError } from './start-error.ts';

// The embedded database computes in the thread that would touch the lock, so it may stay untouched
// for a while; whether the owner still lives is told by its process id.
const STALE_MS = 10 * 60_000;

/**
 * Makes this process the only one using a directory (created if missing), until the returned
 * function is called. A lock whose process is gone (kill -9) is taken over.
 * @throws StartError when another process holds it, or it cannot be written.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  await makeWritable(directory);
  const ownerFile = join(directory, 'owner');
  const options = {
    lockfilePath: join(directory, 'lock'),
    stale: STALE_MS,
    // Losing the lock (say, the directory was deleted) must not end a running process.
    onCompromised: () => {},
  };
  const release = await lock(directory, options).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error;
    const [pid, host, start] = (await readFile(ownerFile, 'utf8').catch(() => '')).split('@');
    if (host !== hostname() || (await isRunning(Number(pid), start))) {
      throw new StartError(
        `The data directory ${directory} is in use by ${pid ? `process ${pid}` : 'another process'}: stop it or set DATA_DIR to another directory.`,
      );
    }
    await rm(options.lockfilePath, { recursive: true, force: true });
    return lock(directory, options);
  });
  await writeFile(ownerFile, `${process.pid}@${hostname()}@${await startOf(process.pid)}`);
  return release;
}

/** @throws StartError when the directory is missing and cannot be made, or cannot be written. */
export async function makeWritable(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The data directory ${directory} cannot be written (${code}): set DATA_DIR to another directory.`,
      { cause: error },
    );
  }
}

/**
 * Whether a process runs, and is not another one that got its id.
 * @param start what `startOf` said of it
 */
async function isRunning(pid: number, start = ''): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return start === '' || start === (await startOf(pid));
}

/** When a process was started, as the system says it; empty where it does not. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The 22nd field of all; the second is a name in parentheses, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  }
  const ps = promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return ps.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}

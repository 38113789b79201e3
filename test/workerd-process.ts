import { readdirSync, readFileSync } from 'node:fs';

/** A process and all it has started, by their ids; there is /proc on the systems the tests run on. */
function withChildren(pid: number): number[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(statOf(name)?.[1]);
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
  }
  const found = [pid];
  for (const id of found) found.push(...(parents.get(id) ?? []));
  return found;
}

/** State, parent, … of a process, behind its name; null where it has ended. */
function statOf(pid: number | string): string[] | null {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

let known: number[] | undefined;

/** The processes of workerd that this one has started: the Worker's, and those of what stands before it. */
function workerds(): number[] {
  known ??= withChildren(process.pid).filter(
    (pid) => read(`/proc/${pid}/comm`)?.trim() === 'workerd',
  );
  if (known.length === 0) throw new Error('This process has started no workerd.');
  return known;
}

/** Milliseconds of CPU that workerd has used, in all its threads. */
export function workerdCpu(): number {
  const nanoseconds = workerds().flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((task) => {
      const [onCpu = '0'] = (read(`/proc/${pid}/task/${task}/schedstat`) ?? '').split(' ');
      return Number(onCpu);
    }),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** MiB of memory that workerd holds. */
export function workerdMemory(): number {
  const kib = workerds().map((pid) => {
    const [, rss = '0'] = /^VmRSS:\s*(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '') ?? [];
    return Number(rss);
  });
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}

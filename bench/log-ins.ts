import { load } from './measure.ts';
import type { RunningWorker } from './workerd.ts';

const PARALLEL = 8;
const SECONDS = 4;
const TRIES = 1000;

type Page = { path: string; headers: Record<string, string>[] };
type Account = { path: string; email: string; password: string };

/**
 * What log-ins do to pages: the p99 of a page alone, beside 8 log-ins at once that are hashed on the same thread (bare
 * workerd has one), and beside as many on another. In production `PasswordHashing` objects are those other threads.
 */
export async function measureStall(
  worker: RunningWorker,
  elsewhere: RunningWorker,
  page: Page,
  account: Account,
) {
  const p99 = async () => {
    const { p99: milliseconds } = await load(worker.url, page, {
      connections: 2,
      seconds: SECONDS,
    });
    return milliseconds;
  };
  const beside = async (other: RunningWorker) => {
    let stopped = false;
    const loops = Array.from({ length: PARALLEL }, async () => {
      while (!stopped) await logIn(other, account);
    });
    const milliseconds = await p99();
    stopped = true;
    await Promise.all(loops);
    return milliseconds;
  };
  await p99();
  const alone = await p99();
  const [sameThread, otherThread] = [await beside(worker), await beside(elsewhere)];
  return [
    { 'page beside 8 log-ins': 'none', 'p99 ms': alone, ratio: 1 },
    {
      'page beside 8 log-ins': 'same thread',
      'p99 ms': sameThread,
      ratio: ratio(sameThread, alone),
    },
    {
      'page beside 8 log-ins': 'other thread',
      'p99 ms': otherThread,
      ratio: ratio(otherThread, alone),
    },
  ];
}

/**
 * Whether the time an answer takes tells who has an account: known and unknown addresses in turn, at the log-in with a
 * wrong password and where a forgotten one is reset.
 */
export async function measureSilence(worker: RunningWorker, account: Account) {
  const reset = account.path.replace('/login', '/reset');
  return [
    ...(await compare('log-in', (email) =>
      post(worker, account.path, { email, password: 'wrong password' }, 422),
    )),
    ...(await compare('reset', (email) => post(worker, reset, { email }, 200))),
  ];

  async function compare(what: string, ask: (email: string) => Promise<void>) {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let n = 0; n < TRIES; n += 1) {
      const kind = n % 2 === 0 ? 'known' : 'unknown';
      const started = performance.now();
      await ask(kind === 'known' ? account.email : `nobody${n}@bench.example`);
      times[kind].push(performance.now() - started);
    }
    return Object.entries(times).map(([kind, all]) => ({
      asked: what,
      account: kind,
      ...spread(all),
    }));
  }
}

function spread(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  return { tries: times.length, 'median ms': at(0.5), 'quartiles ms': `${at(0.25)} … ${at(0.75)}` };
}

const ratio = (a: number, b: number) => Number((a / b).toFixed(1));

let address = 0;

function logIn(worker: RunningWorker, { path, email, password }: Account): Promise<void> {
  return post(worker, path, { email, password }, 303);
}

/** Each from an address of its own, so that no throttle is measured. */
async function post(
  worker: RunningWorker,
  path: string,
  fields: Record<string, string>,
  status: number,
): Promise<void> {
  address += 1;
  const response = await fetch(worker.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      'CF-Connecting-IP': `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  if (response.status !== status) throw new Error(`${path} answered ${response.status}.`);
}

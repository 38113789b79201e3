import { join } from 'node:path';
import { seed } from '../seed/seed.ts';
import { startDatabase } from './database.ts';
import { checkPortIsFree, readDevOptions } from './dev-options.ts';
import { lockDirectory } from './lock-directory.ts';
import { readyMessage } from './ready-message.ts';
import { localSessionKeys } from './session-keys.ts';
import { runCommand, StartError } from './start-error.ts';
import { startWorker } from './worker.ts';

const PARENT_CHECK_MS = 1_000;

const open: (() => Promise<void>)[] = [];

async function closeAll(): Promise<void> {
  while (open.length > 0) await open.pop()?.();
}

/** Everything on this machine: database, endpoint, Worker. Ends with Ctrl-C, keeps its data. */
async function dev(): Promise<void> {
  const options = readDevOptions(process.env);
  await checkPortIsFree(options.port);

  // The embedded database takes the lock itself; the Worker's state lies in the directory as well.
  if (options.databaseUrl) open.push(await lockDirectory(options.dataDir));
  const database = await startDatabase(options);
  open.push(() => database.close());
  const stateDir = join(options.dataDir, 'state');
  const summary = await seed({ ...database, stateDir }, options.seed);

  const url = `http://localhost:${options.port}`;
  const worker = await startWorker({
    port: options.port,
    stateDir,
    vars: {
      DEV: '1',
      PUBLIC_URL: url,
      MAIL_PROVIDER: 'outbox',
      WEBHOOK_ALLOW: options.webhookAllow,
    },
    secrets: {
      DATABASE_URL: database.appUrl,
      SESSION_KEYS: await localSessionKeys(options.dataDir),
    },
  });
  open.push(() => worker.close());
  console.log(readyMessage(url, summary));

  await worker.ended;
  throw new StartError('The Worker ended unexpectedly.');
}

let stopping = false;
function stop(): void {
  if (stopping) return;
  stopping = true;
  closeAll().then(() => process.exit(0), fail);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

// A killed npm cannot pass a signal on, but its children get another parent.
const npm = process.env['npm_lifecycle_event'] ? process.ppid : null;
if (npm) setInterval(() => process.ppid === npm || stop(), PARENT_CHECK_MS).unref();

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

await runCommand(async () => {
  try {
    await dev();
  } catch (error) {
    if (stopping) return;
    await closeAll();
    throw error;
  }
});
if (!stopping) process.exit();

import { parentPort, workerData } from 'node:worker_threads';
import { startDatabase } from '#db/local/database.ts';

/** The database's endpoint on a thread of its own, so that it does not share one with the load. */
const { databaseUrl } = workerData as { databaseUrl: string | undefined };
const database = await startDatabase({ databaseUrl });
parentPort?.postMessage({
  appUrl: database.appUrl,
  endpointUrl: database.endpoint?.httpUrl,
  ownerUrl: database.ownerUrl,
  embedded: database.embedded,
});
parentPort?.once('message', () => {
  void database.close().then(() => process.exit());
});

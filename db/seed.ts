import { runCommand, StartError } from './local/start-error.ts';
import { startDatabase } from './local/database.ts';
import { logInMessage } from './local/ready-message.ts';
import { readDevOptions } from './local/dev-options.ts';
import { seed } from './seed/seed.ts';

/** `DATABASE_URL=… SEED=large npm run db:seed`: fills a database of one's own. */
await runCommand(async () => {
  const { databaseUrl, seed: kind } = readDevOptions(process.env);
  if (!databaseUrl)
    throw new StartError('Set DATABASE_URL; npm run dev fills the embedded database itself.');
  const database = await startDatabase({ databaseUrl });
  try {
    const summary = await seed(database, kind);
    if (summary) console.log(logInMessage('', summary));
  } finally {
    await database.close();
  }
});

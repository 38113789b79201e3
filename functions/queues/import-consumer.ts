import { applyImport } from '#src/imports/apply-import.ts';
import { failImport } from '#src/imports/fail-import.ts';
import type { ImportMessage } from '#src/imports/import-message.ts';
import { deleteExpiredImports, findLostImports } from '#src/imports/sweep-imports.ts';
import { jobContext } from '../job-context.ts';
import type { Outcome } from './consume.ts';

/** One import is due: its row says which columns, the bucket has the file. */
export async function consumeImport(env: Env, message: ImportMessage): Promise<Outcome> {
  await applyImport(importContext(env, message), env.UPLOADS, message.importId);
  return 'done';
}

/** All tries are used up: the import's page says so and offers to start it again. */
export async function buryImport(env: Env, message: ImportMessage): Promise<Outcome> {
  await failImport(
    importContext(env, message),
    message.importId,
    'The import did not get through after several tries. Nothing was changed. Start it again.',
  );
  return 'done';
}

/** The imports' part of the sweep: jobs whose message was lost, and files nobody needs any more. */
export async function sweepImports(env: Env): Promise<void> {
  const ctx = jobContext(env);
  const lost = await findLostImports(ctx);
  if (lost.length > 0) await env.IMPORT_QUEUE.sendBatch(lost.map((body) => ({ body })));
  await deleteExpiredImports(ctx, env.UPLOADS);
}

function importContext(env: Env, { companyId }: ImportMessage) {
  return jobContext(env, { kind: 'job', companyId, actor: 'Customer import' });
}

import { analyzeFilled } from '#src/imports/analyze-filled.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import { failImport } from '#src/imports/fail-import.ts';
import type { ImportMessage } from '#src/imports/import-message.ts';
import { productImport } from '#src/imports/product-import.ts';
import { deleteExpiredImports, findLostImports } from '#src/imports/sweep-imports.ts';
import { jobContext } from '../job-context.ts';
import { logError } from '../log.ts';
import type { Outcome } from './consume.ts';

/** One import is due: its row says which columns, the bucket has the file. */
export async function consumeImport(env: Env, message: ImportMessage): Promise<Outcome> {
  const ctx = importContext(env, message);
  switch (message.kind) {
    case 'customers':
      await applyImport(ctx, customerImport, env.UPLOADS, message.importId);
      break;
    case 'products':
      await applyImport(ctx, productImport, env.UPLOADS, message.importId);
  }
  // The import stands without it: pages are only slower until the database looks by itself.
  await analyzeFilled(jobContext(env)).catch((error: unknown) => {
    logError('The imported rows were not analyzed.', { error });
  });
  return 'done';
}

/** All tries are used up: the import's page says so and offers to start it again. */
export async function buryImport(env: Env, message: ImportMessage): Promise<Outcome> {
  await failImport(
    importContext(env, message),
    message.kind === 'customers' ? customerImport : productImport,
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

const ACTORS = { customers: 'Customer import', products: 'Product import' };

function importContext(env: Env, { kind, companyId }: ImportMessage) {
  return jobContext(env, { kind: 'job', companyId, actor: ACTORS[kind] });
}

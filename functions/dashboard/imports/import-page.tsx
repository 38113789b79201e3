import { type Context, Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import { issuesCsv } from '#src/imports/export-csv.ts';
import type { ImportMessage } from '#src/imports/import-message.ts';
import { pickMapping } from '#src/imports/import-mapping.ts';
import { previewStagedImport } from '#src/imports/preview-staged-import.ts';
import { getImport } from '#src/imports/queries.ts';
import { startImport } from '#src/imports/start-import.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { UTF8_BOM } from '#src/lib/csv-format.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';
import { dashboardPage } from '../dashboard-page.tsx';
import { csvResponse } from './csv-response.ts';
import { IMPORT_PATH } from './import-frame.tsx';
import { Job, isActive } from './job.tsx';
import { Preview } from './preview.tsx';

const importId = (c: Context<AppEnv>) => idFrom('import', c.req.param('id') ?? '');

/** Steps 2 and 3: one import, from its preview to its result and the way back. */
export const importPage = new Hono<AppEnv>()
  .get('/customers/import/:id', async (c) => {
    const { ctx } = c.var;
    const found = await getImport(ctx, importId(c));
    const { record } = found;
    if (record.state === 'staged') {
      const mapping = pickMapping(customerImport, c.req.query());
      const staged = await previewStagedImport(ctx, c.env.UPLOADS, record.id, mapping);
      return dashboardPage(
        c,
        { title: 'Preview import' },
        <Preview record={record} staged={staged} />,
      );
    }
    return dashboardPage(
      c,
      { title: 'Import', ...(isActive(record) && { scripts: ['htmx'], refreshSeconds: 3 }) },
      <Job {...found} now={ctx.now} />,
    );
  })
  .get('/customers/import/:id/issues.csv', async (c) => {
    const mapping = pickMapping(customerImport, c.req.query());
    const staged = await previewStagedImport(c.var.ctx, c.env.UPLOADS, importId(c), mapping);
    if (!staged.ok) throw new AppError('not_found', 'The uploaded file is no longer kept.');
    return csvResponse(c, 'import-issues.csv', UTF8_BOM + issuesCsv(staged.preview.issues));
  })
  .post('/customers/import/:id/apply', async (c) => {
    const { ctx } = c.var;
    const id = importId(c);
    const form = await c.req.formData().catch(() => new FormData());
    const mapping = pickMapping(customerImport, Object.fromEntries(form));
    const { started } = await startImport(ctx, id, mapping);
    if (started && ctx.entry.kind === 'staff') {
      const message: ImportMessage = { importId: id, companyId: ctx.entry.companyId };
      // A lost message costs two minutes: the sweep tells the queue again.
      c.executionCtx.waitUntil(c.env.IMPORT_QUEUE.send(message));
    }
    return c.redirect(`${IMPORT_PATH}/${id}`, 303);
  })
  .post('/customers/import/:id/undo', async (c) => {
    const id = importId(c);
    await undoImport(c.var.ctx, id);
    return c.redirect(`${IMPORT_PATH}/${id}`, 303);
  });

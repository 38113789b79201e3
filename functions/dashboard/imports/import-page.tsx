import { type Context, Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
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
import { customerPages } from './customer-pages.ts';
import type { ImportPages } from './import-pages.ts';
import { Job, isActive } from './job.tsx';
import { Preview } from './preview.tsx';
import { productPages } from './product-pages.ts';

const importId = (c: Context<AppEnv>) => idFrom('import', c.req.param('id') ?? '');

function pageOf<Values extends object>(pages: ImportPages<Values>) {
  const { path, description } = pages;
  const staged = (c: Context<AppEnv>) => {
    const mapping = pickMapping(description, c.req.query());
    return previewStagedImport(c.var.ctx, description, c.env.UPLOADS, importId(c), mapping);
  };
  return new Hono<AppEnv>()
    .get('/:id', async (c) => {
      const { ctx } = c.var;
      const found = await getImport(ctx, description, importId(c));
      const { record } = found;
      if (record.state === 'staged') {
        const preview = <Preview pages={pages} record={record} staged={await staged(c)} />;
        return dashboardPage(c, { title: 'Preview import' }, preview);
      }
      return dashboardPage(
        c,
        { title: 'Import', ...(isActive(record) && { scripts: ['htmx'], refreshSeconds: 3 }) },
        <Job {...found} pages={pages} now={ctx.now} />,
      );
    })
    .get('/:id/issues.csv', async (c) => {
      const preview = await staged(c);
      if (!preview.ok) throw new AppError('not_found', 'The uploaded file is no longer kept.');
      return csvResponse(c, 'import-issues.csv', UTF8_BOM + issuesCsv(preview.preview.issues));
    })
    .post('/:id/apply', async (c) => {
      const { ctx } = c.var;
      const id = importId(c);
      const form = await c.req.formData().catch(() => new FormData());
      const mapping = pickMapping(description, Object.fromEntries(form));
      const { started } = await startImport(ctx, description, id, mapping);
      if (started && ctx.entry.kind === 'staff') {
        const { kind } = description;
        const message: ImportMessage = { kind, importId: id, companyId: ctx.entry.companyId };
        // A lost message costs two minutes: the sweep tells the queue again.
        c.executionCtx.waitUntil(c.env.IMPORT_QUEUE.send(message));
      }
      return c.redirect(`${path}/${id}`, 303);
    })
    .post('/:id/undo', async (c) => {
      const id = importId(c);
      await undoImport(c.var.ctx, description, id);
      return c.redirect(`${path}/${id}`, 303);
    });
}

/** Steps 2 and 3: one import, from its preview to its result and the way back. */
export const importPage = new Hono<AppEnv>()
  .route('/customers/import', pageOf(customerPages))
  .route('/inventory/import', pageOf(productPages));

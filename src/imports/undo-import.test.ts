import { describe, expect, it } from 'vitest';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { as, freshCompany } from '../../test/context.ts';
import { auditOf, customersOf, importCsv, job } from '../../test/imports.ts';
import { getImport } from './queries.ts';
import { undoImport } from './undo-import.ts';

const later = (days: number) => ({ now: new Date(Date.now() + days * 86_400_000) });

describe('undo', () => {
  it('takes everything back, once', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createCustomer(ctx, { email: 'old@b.co', name: 'Ältere', creditLimit: 5, notes: 'Dock' });
    const [before] = await customersOf(ctx);
    const id = await importCsv(
      company,
      'email,name,status,notes,creditLimit\nold@b.co,Neu,blocked,,7\nnew@b.co,N,,,\n',
    );
    await undoImport(as(company, 'MEMBER'), id);
    await undoImport(ctx, id);
    expect(await customersOf(ctx)).toEqual([{ ...before, version: 3 }]);
    expect((await getImport(ctx, id)).record).toMatchObject({
      state: 'undone',
      undo: { removed: 1, restored: 1, kept: 0 },
    });
    const undone = (await auditOf(ctx)).filter(({ action }) => action.endsWith('Undone'));
    expect(undone).toMatchObject([
      {
        action: 'CustomerBulkImportUndone',
        actorType: 'USER',
        actorName: company.staff[2]?.name,
        details: { removed: 1, restored: 1, kept: 0 },
      },
    ]);
    // The places in the plan are free again.
    expect((await importCsv(company, 'email\nnew@b.co\n')).startsWith('imp_')).toBe(true);
  });

  it('keeps and lists what was changed since', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const touched = await createCustomer(ctx, { email: 'touched@b.co' });
    await createCustomer(ctx, { email: 'quiet@b.co' });
    const id = await importCsv(company, 'email,notes\ntouched@b.co,a\nquiet@b.co,b\nnew@b.co,c\n');
    await updateCustomer(ctx, touched.id, { notes: 'mine' }, null);
    const created = (await getImport(ctx, id)).changed.filter((one) => one.created);
    expect(created).toMatchObject([{ email: 'new@b.co', changedSince: false }]);
    for (const one of created) await updateCustomer(ctx, one.id, { status: 'BLOCKED' }, null);
    expect(await getImport(ctx, id)).toMatchObject({ changedSince: 2 });
    await undoImport(ctx, id);
    expect(await customersOf(ctx)).toMatchObject([
      { email: 'new@b.co', notes: 'c', status: 'BLOCKED' },
      { email: 'quiet@b.co', notes: null },
      { email: 'touched@b.co', notes: 'mine' },
    ]);
    const { record, changed } = await getImport(ctx, id);
    expect(record.undo).toEqual({ removed: 0, restored: 1, kept: 2 });
    expect(changed.map(({ email }) => email)).toEqual(['new@b.co', 'touched@b.co']);
  });

  it('is offered for 30 days', async () => {
    const company = await freshCompany();
    const id = await importCsv(company, 'email\na@b.co\n');
    await expect(undoImport(job(company, later(31)), id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This import cannot be undone: only a finished one can, for 30 days.',
    });
    await undoImport(job(company, later(29)), id);
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
  });
});

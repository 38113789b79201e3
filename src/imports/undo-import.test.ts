import { describe, expect, it } from 'vitest';
import { idFrom, newId } from '#db/ids.ts';
import { priceOverrides } from '#db/schema/index.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { tenant } from '#src/tenant.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { as, freshCompany } from '../../test/context.ts';
import { auditOf, customersOf, importCsv, job } from '../../test/imports.ts';
import { productsFor } from '../../test/products.ts';
import { customerImport } from './customer-import.ts';
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
    await undoImport(as(company, 'MEMBER'), customerImport, id);
    await undoImport(ctx, customerImport, id);
    expect(await customersOf(ctx)).toEqual([{ ...before, version: 3 }]);
    expect((await getImport(ctx, customerImport, id)).record).toMatchObject({
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
    const created = (await getImport(ctx, customerImport, id)).changed.filter((one) => one.created);
    expect(created).toMatchObject([{ key: 'new@b.co', kept: false }]);
    for (const { id: customer } of created) {
      await updateCustomer(ctx, idFrom('customer', customer), { status: 'BLOCKED' }, null);
    }
    expect(await getImport(ctx, customerImport, id)).toMatchObject({ kept: 2 });
    await undoImport(ctx, customerImport, id);
    expect(await customersOf(ctx)).toMatchObject([
      { email: 'new@b.co', notes: 'c', status: 'BLOCKED' },
      { email: 'quiet@b.co', notes: null },
      { email: 'touched@b.co', notes: 'mine' },
    ]);
    const { record, changed } = await getImport(ctx, customerImport, id);
    expect(record.undo).toEqual({ removed: 0, restored: 1, kept: 2 });
    expect(changed.map(({ key }) => key)).toEqual(['new@b.co', 'touched@b.co']);
  });

  it('keeps a new customer who has ordered or has a price by now', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const [productId = newId('product')] = await productsFor(company, [{ name: 'Flour' }]);
    const id = await importCsv(company, 'email\norder@b.co\nprice@b.co\nquiet@b.co\n');
    const { changed } = await getImport(ctx, customerImport, id);
    const [orders, prices] = changed.map((one) => idFrom('customer', one.id));
    if (!orders || !prices) throw new Error('The import created nobody.');
    const lines = [{ productId, quantity: 1 }];
    await placeOrder(ctx, { id: newId('order'), customerId: orders, lines });
    const override = { companyId: company.id, customerId: prices, productId, priceCents: 1 };
    await tenant(ctx, 'customers:write').batch([ctx.db.insert(priceOverrides).values(override)]);
    expect(await getImport(ctx, customerImport, id)).toMatchObject({ kept: 2 });
    await undoImport(ctx, customerImport, id);
    const emails = (await customersOf(ctx)).map(({ email }) => email);
    expect(emails).toEqual(['order@b.co', 'price@b.co']);
  });

  it('is offered for 30 days', async () => {
    const company = await freshCompany();
    const id = await importCsv(company, 'email\na@b.co\n');
    await expect(undoImport(job(company, later(31)), customerImport, id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This import cannot be undone: only a finished one can, for 30 days.',
    });
    await undoImport(job(company, later(29)), customerImport, id);
    expect(await customersOf(as(company, 'OWNER'))).toEqual([]);
  });
});

import { Hono } from 'hono';
import { customerOf } from '#src/context.ts';
import { checkViewer } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { Card } from '../views/card.tsx';
import { EmptyState } from '../views/empty-state.tsx';
import { Page } from '../views/page.tsx';
import { storePage } from './store-page.tsx';

export const catalog = new Hono<AppEnv>().get('/:slug/catalog', async (c) => {
  await checkViewer(c.var.ctx, 'catalog:read');
  const { companyName } = customerOf(c.var.ctx);
  return storePage(
    c,
    { title: 'Catalog' },
    <Page title="Catalog">
      <Card flush>
        <EmptyState title="No products yet" icon="store">
          {companyName} has not added products to this store. There is nothing to order yet.
        </EmptyState>
      </Card>
    </Page>,
  );
});

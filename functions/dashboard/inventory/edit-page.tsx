import type { Child } from 'hono/jsx';
import type { ProductProfile } from '#src/catalog/product-profile.ts';
import type { Product } from '#src/catalog/queries.ts';
import type { StaffViewer } from '#src/context.ts';
import { Button } from '../../views/button.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import type { RefusedForm } from '../../views/form.tsx';
import { Columns } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { Page } from '../../views/page.tsx';
import { RecentChanges } from '../recent-changes.tsx';
import { deletePath, LIST_PATH } from './paths.ts';
import { ConflictForm, EditForm, type ProductChanges } from './edit-form.tsx';
import { ActiveBadge, StockBadge } from './product-badges.tsx';

type Locale = Pick<StaffViewer, 'currency' | 'timeZone'>;
type EditProps = { profile: ProductProfile; problem: RefusedForm | undefined; locale: Locale };

/** Everything about one product. */
export function Edit({ profile, problem, locale }: EditProps) {
  const { product, changes, categories } = profile;
  const form = (
    <EditForm
      product={product}
      categories={categories}
      currency={locale.currency}
      problem={problem}
    />
  );
  return (
    <Frame product={product} locale={locale} actions={<Delete product={product} />}>
      {changes ? (
        <Columns of="main">
          {form}
          <RecentChanges of={product.id} changes={changes} locale={locale} />
        </Columns>
      ) : (
        form
      )}
    </Frame>
  );
}

type ConflictProps = { current: Product; changes: ProductChanges; locale: Locale };

/** Somebody else saved the product, or ordered it, while this edit was being typed. */
export function Conflict({ current, changes, locale }: ConflictProps) {
  return (
    <Frame product={current} locale={locale}>
      <Notice tone="warning" title="This product has changed meanwhile">
        Somebody else has saved it, or an order has taken of its stock. Nothing of yours is saved
        yet, and nothing typed is lost: compare, and decide which to keep.
        {changes.hadImage && ' Only the image has to be chosen again.'}
      </Notice>
      <ConflictForm product={current} changes={changes} currency={locale.currency} />
    </Frame>
  );
}

type FrameProps = { product: Product; locale: Locale; actions?: Child; children: Child };

function Frame({ product, locale, actions, children }: FrameProps) {
  return (
    <Page
      title={product.name}
      status={
        <>
          <ActiveBadge active={product.active} />
          <StockBadge {...product} />
        </>
      }
      lead={
        <>
          {product.sku !== null && `${product.sku} · `}
          Added <DateTime value={product.createdAt} timeZone={locale.timeZone} />
        </>
      }
      breadcrumbs={[{ label: 'Inventory', href: LIST_PATH }]}
      actions={actions}
    >
      {children}
    </Page>
  );
}

function Delete({ product: { id, name } }: { product: Product }) {
  return (
    <>
      <Button opens="delete" icon="trash-2">
        Delete
      </Button>
      <ConfirmDialog
        id="delete"
        title={`Delete ${name}?`}
        action={deletePath(id)}
        confirm="Delete product"
        danger
      >
        It goes for good, with its stock, the prices of customers and from their carts. A product
        that was ever ordered stays: deactivate it, and your storefront no longer shows it.
      </ConfirmDialog>
    </>
  );
}

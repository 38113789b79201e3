import type { Product } from '#src/catalog/queries.ts';

/** Whether the storefront shows a product, to be switched where it stands. */
export function ActiveSwitch({ product, action }: { product: Product; action: string }) {
  const { name, active } = product;
  return (
    <form class="switch-form" method="post" action={action}>
      <button
        class="switch"
        role="switch"
        aria-checked={active ? 'true' : 'false'}
        name="active"
        value={String(!active)}
      >
        <span class="switch-track" aria-hidden="true"></span>
        <span class="sr-only">Active: {name}</span>
      </button>
    </form>
  );
}

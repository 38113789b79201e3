import { keepOwn, readOwn } from './own-storage.ts';

/** What is kept while it is being typed, until it is in the cart. */
const KEPT = ['order-pad', 'pasted-list'] as const;
type Kept = (typeof KEPT)[number];

const sentKey = (name: Kept) => `${name}-sent`;
/** The list is on a page that shows what each line of it means. */
const CHECKED = 'pasted-list-checked';

export const markSent = (name: Kept): void => keepOwn(sentKey(name), '');
export const markChecked = (): void => keepOwn(CHECKED, '');

/** Back where it was typed: it has not arrived. */
export function markUnsent(name: Kept): void {
  keepOwn(sentKey(name), null);
  if (name === 'pasted-list') keepOwn(CHECKED, null);
}

/** The first page after something was sent says whether it has arrived. A list that was checked is sent from that page. */
export function followArrival(): void {
  const { pathname } = location;
  for (const name of KEPT) {
    if (readOwn(sentKey(name)) === null) continue;
    keepOwn(sentKey(name), null);
    if (pathname.endsWith('/cart') || document.querySelector('[data-added]')) keepOwn(name, null);
  }
  if (!pathname.endsWith('/quick-order')) keepOwn(CHECKED, null);
  document.addEventListener('submit', ({ submitter }) => {
    const adds = submitter?.getAttribute('formaction')?.endsWith('/quick-order/add');
    if (adds && readOwn(CHECKED) !== null) markSent('pasted-list');
  });
}

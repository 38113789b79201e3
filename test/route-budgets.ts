/** Exceptions to one round trip, each at most three ("One database round trip per request"). */
export const BUDGETS: Record<string, number> = {
  'POST /login': 3,
  'POST /signup': 3,
  'POST /forgot-password': 3,
  'POST /reset-password/:token': 3,
  'POST /confirm-email/:token': 3,
  'POST /dashboard/settings/password': 3,
  'POST /store/:slug/login': 3,
  'POST /store/:slug/register': 3,
  'POST /store/:slug/reset': 3,
  'POST /store/:slug/reset/:token': 3,
  'POST /store/:slug/setup-password': 3,
  'POST /store/:slug/setup-password/:token': 3,
  'POST /store/:slug/account/password': 3,
  'POST /store/:slug/account/verify': 3,
  // Who asks is known before their mails are counted, and what was typed is shown again with what there is now.
  'POST /store/:slug/checkout/verify': 2,
  // The password is asked again.
  'POST /dashboard/settings/api-keys': 2,
  // The same; and the link that is mailed carries the account's version.
  'POST /dashboard/settings/profile/email': 3,
  // Who asks is known before their mails are counted.
  'POST /dashboard/settings/profile/verify': 3,
  // A total in the currency of another company is refused once it is known, and the list is read again.
  'GET /dashboard/orders': 2,
  // An order that is refused is shown again, with what there is by now.
  'POST /dashboard/orders/new': 3,
  // What the database refuses of a product is said in the catalog's page, which is read then.
  'POST /store/:slug/cart/:product': 2,
  // Which product a row means is known before it goes into the cart.
  'POST /store/:slug/quick-order/add': 2,
  // A replay that is refused is shown again, with the log as it is.
  'POST /dashboard/settings/webhooks/:id/replay': 2,
  // A port that is not allowed any more is refused by the database, which knows the saved URL; the form is shown again.
  'POST /dashboard/settings/webhooks/:id/edit': 2,
  // Upload with preview.
  'POST /dashboard/customers/import': 3,
  'GET /dashboard/customers/import/:id': 3,
  'GET /dashboard/customers/import/:id/issues.csv': 3,
  // A price that is refused is shown in the customer's profile again, or with all others if it is not there any more.
  'POST /dashboard/customers/:id/prices/:product': 3,
  // The page is read again for what cannot be saved; a picture is stored only once its sender has been let in.
  'POST /dashboard/customers/:id/prices/list': 2,
  'POST /dashboard/inventory/bulk': 2,
  'POST /dashboard/inventory/:id/price': 2,
  'POST /dashboard/inventory/:id/stock': 2,
  'POST /dashboard/inventory/new': 3,
  'POST /dashboard/inventory/:id/edit': 3,
  'POST /dashboard/inventory/import': 3,
  'GET /dashboard/inventory/import/:id': 3,
  'GET /dashboard/inventory/import/:id/issues.csv': 3,
};

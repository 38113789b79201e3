import type { Context } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { contactNotFound } from '#src/contacts/queries.ts';
import { staffOf } from '#src/context.ts';
import type { CustomerForm } from '#src/customers/customer-form.ts';
import { type CustomerProfile, getCustomerProfile } from '#src/customers/customer-profile.ts';
import type { Customer } from '#src/customers/queries.ts';
import type { AppEnv } from '../../app-env.ts';
import { partWanted } from '../../part-wanted.ts';
import { nameOf } from '../../views/name-of.ts';
import { dashboardPage } from '../dashboard-page.tsx';
import type { RefusedPrice } from './prices/price-table.tsx';
import { Conflict, Profile, type ProfileProblem } from './profile-page.tsx';

/** The customer the address names. */
export function customerId(c: Context<AppEnv>): Id<'customer'> {
  return idFrom('customer', c.req.param('id') ?? '');
}

/**
 * The page, perhaps with what could not be saved as it was typed.
 * @throws AppError not_found, also when the contact it was typed for is gone
 */
export async function profilePage(
  c: Context<AppEnv>,
  problem: ProfileProblem = {},
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const profile = await getCustomerProfile(c.var.ctx, customerId(c), c.req.query());
  const { contact } = problem;
  if (contact && !profile.contacts.some(({ id }) => id === contact.id)) throw contactNotFound();
  return profileAnswer(c, profile, problem, status);
}

/** The page with a price that could not be saved, or null when the price is not on it any more. */
export async function profileWithPrice(
  c: Context<AppEnv>,
  price: RefusedPrice,
  status: 409 | 422,
): Promise<Response | null> {
  const profile = await getCustomerProfile(c.var.ctx, customerId(c));
  if (!profile.prices.some(({ productId }) => productId === price.product)) return null;
  return profileAnswer(c, profile, { price }, status);
}

function profileAnswer(
  c: Context<AppEnv>,
  profile: CustomerProfile,
  problem: ProfileProblem,
  status: 200 | 409 | 422 | 429,
): Response | Promise<Response> {
  return dashboardPage(
    c,
    { title: nameOf(profile.customer), scripts: ['htmx', 'sheet'], status },
    <Profile
      profile={profile}
      problem={problem}
      locale={staffOf(c.var.ctx)}
      contactsPart={partWanted(c) ?? 1}
    />,
  );
}

/** The page after somebody else has saved the customer. */
export function conflictPage(
  c: Context<AppEnv>,
  current: Customer,
  patch: CustomerForm['patch'],
): Response | Promise<Response> {
  return dashboardPage(
    c,
    { title: nameOf(current), status: 409 },
    <Conflict current={current} patch={patch} locale={staffOf(c.var.ctx)} />,
  );
}

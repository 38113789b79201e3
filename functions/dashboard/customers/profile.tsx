import { Hono } from 'hono';
import {
  CustomerForm,
  CustomerStatusForm,
  CustomerTrustForm,
} from '#src/customers/customer-form.ts';
import type { Customer } from '#src/customers/queries.ts';
import { trustCustomer } from '#src/customers/trust-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { nameOf } from '../../views/name-of.ts';
import { profilePath } from './paths.ts';
import { conflictPage, customerId, profilePage } from './profile-answer.tsx';

/** `/dashboard/customers/{id}`: everything about one customer, edited in place. */
export const customerProfile = new Hono<AppEnv>()
  .get('/customers/:id', (c) => profilePage(c))
  .post('/customers/:id', async (c) => {
    const form = await parseForm(c, CustomerForm);
    if (!form.ok) return profilePage(c, { edit: form }, 422);
    const id = customerId(c);
    const { version, patch } = form.data;
    const result = await updateCustomer(c.var.ctx, id, patch, version);
    if (!result.ok) return conflictPage(c, result.current, patch);
    setFlash(
      c,
      result.changed
        ? { tone: 'success', text: `${nameOf(result.customer)} is saved.` }
        : { tone: 'info', text: 'Nothing was changed, so nothing was saved.' },
    );
    return c.redirect(profilePath(id), 303);
  })
  .post('/customers/:id/status', async (c) => {
    const id = customerId(c);
    const form = await parseForm(c, CustomerStatusForm);
    if (!form.ok) throw new AppError('validation', 'Invalid status.');
    // Whoever saved what meanwhile: the button says which state is meant, so it needs no version.
    const result = await updateCustomer(c.var.ctx, id, form.data, null);
    if (result.ok) setFlash(c, { tone: 'success', text: outcome(result.customer, result.changed) });
    return c.redirect(profilePath(id), 303);
  })
  .post('/customers/:id/trust', async (c) => {
    const id = customerId(c);
    const form = await parseForm(c, CustomerTrustForm);
    if (!form.ok) throw new AppError('validation', 'Invalid choice.');
    const { trusted } = form.data;
    const { customer, changed } = await trustCustomer(c.var.ctx, id, trusted);
    const state = `${trusted ? '' : 'not '}trusted`;
    setFlash(c, {
      tone: 'success',
      text: `${nameOf(customer)} ${changed ? 'is now' : 'was already'} ${state}.`,
    });
    return c.redirect(profilePath(id), 303);
  });

function outcome(customer: Customer, changed: boolean): string {
  const name = nameOf(customer);
  if (customer.status === 'BLOCKED')
    return changed ? `${name} is blocked.` : `${name} was already blocked.`;
  return changed ? `${name} is active again.` : `${name} was already active.`;
}

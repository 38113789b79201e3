import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { limitBody } from '../middleware/limit-body.ts';
import { privateAnswers } from '../middleware/private-answers.ts';
import { resumedForm } from '../middleware/resumed-form.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { staffSession } from '../middleware/staff-session.ts';
import { customerContacts } from './customers/contacts.ts';
import { customersExport } from './customers/export.ts';
import { customersList } from './customers/list.tsx';
import { customerPrices } from './customers/prices/prices.tsx';
import { customerProfile } from './customers/profile.tsx';
import { home } from './home.tsx';
import { importPage } from './imports/import-page.tsx';
import { importUpload } from './imports/upload-page.tsx';
import { editProduct } from './inventory/edit.tsx';
import { productsExport } from './inventory/export.ts';
import { productsList } from './inventory/list.tsx';
import { newProduct } from './inventory/new.tsx';
import { notifications } from './notifications.tsx';
import { newOrder } from './orders/new-order.tsx';
import { orderDetail } from './orders/detail.tsx';
import { ordersList } from './orders/list.tsx';
import { apiKeys } from './settings/api-keys.tsx';
import { auditExport } from './settings/audit-export.ts';
import { audit } from './settings/audit.tsx';
import { company } from './settings/company.tsx';
import { password } from './settings/password.tsx';
import { profile } from './settings/profile.tsx';
import { sessions } from './settings/sessions.tsx';
import { settings } from './settings/settings.ts';
import { storefront } from './settings/storefront.tsx';
import { webhook } from './settings/webhooks/webhook.tsx';
import { webhooks } from './settings/webhooks/webhooks.tsx';

/** `/dashboard`: every page of it, behind a staff log-in. */
export const dashboard = new Hono<AppEnv>()
  .use(privateAnswers, sameOrigin, staffSession, resumedForm)
  // Files have a limit of their own, and come before the one that is for forms.
  .route('/', importUpload)
  .route('/', newProduct)
  .route('/', editProduct)
  .use(limitBody)
  .route('/', home)
  .route('/', importPage)
  .route('/', productsList)
  .route('/', productsExport)
  .route('/', customersList)
  .route('/', customersExport)
  .route('/', customerProfile)
  .route('/', customerContacts)
  .route('/', customerPrices)
  .route('/', ordersList)
  .route('/', newOrder)
  .route('/', orderDetail)
  .route('/', notifications)
  .route('/', settings)
  .route('/', company)
  .route('/', storefront)
  .route('/', apiKeys)
  .route('/', webhooks)
  .route('/', webhook)
  .route('/', audit)
  .route('/', auditExport)
  .route('/', profile)
  .route('/', password)
  .route('/', sessions);

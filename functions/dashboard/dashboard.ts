import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { limitBody } from '../middleware/limit-body.ts';
import { privateAnswers } from '../middleware/private-answers.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { staffSession } from '../middleware/staff-session.ts';
import { customerContacts } from './customers/contacts.ts';
import { customersExport } from './customers/export.ts';
import { customersList } from './customers/list.tsx';
import { customerProfile } from './customers/profile.tsx';
import { home } from './home.tsx';
import { importPage } from './imports/import-page.tsx';
import { importUpload } from './imports/upload-page.tsx';
import { apiKeys } from './settings/api-keys.tsx';
import { auditExport } from './settings/audit-export.ts';
import { audit } from './settings/audit.tsx';
import { company } from './settings/company.tsx';
import { password } from './settings/password.tsx';
import { profile } from './settings/profile.tsx';
import { sessions } from './settings/sessions.tsx';
import { settings } from './settings/settings.ts';

/** `/dashboard`: every page of it, behind a staff log-in. */
export const dashboard = new Hono<AppEnv>()
  .use(privateAnswers, sameOrigin, staffSession)
  // Files have a limit of their own, and come before the one that is for forms.
  .route('/', importUpload)
  .use(limitBody)
  .route('/', home)
  .route('/', importPage)
  .route('/', customersList)
  .route('/', customersExport)
  .route('/', customerProfile)
  .route('/', customerContacts)
  .route('/', settings)
  .route('/', company)
  .route('/', apiKeys)
  .route('/', audit)
  .route('/', auditExport)
  .route('/', profile)
  .route('/', password)
  .route('/', sessions);

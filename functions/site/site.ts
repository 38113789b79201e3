import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { images } from '../images/image-routes.ts';
import { limitBody } from '../middleware/limit-body.ts';
import { privateAnswers } from '../middleware/private-answers.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { visitor } from '../middleware/visitor.ts';
import { devOutbox } from './dev-outbox.tsx';
import { docsApi } from './docs-api.tsx';
import { emailLinks } from './email-links.tsx';
import { healthz } from './healthz.ts';
import { landing } from './landing.tsx';
import { login } from './login.tsx';
import { passwordReset } from './password-reset.tsx';
import { signup } from './signup.tsx';

/** Pages outside any company. */
export const site = new Hono<AppEnv>()
  .route('/', healthz)
  .route('/', images)
  .use(sameOrigin, limitBody, visitor)
  .route('/', landing)
  .route('/', docsApi)
  .use(privateAnswers)
  .route('/', signup)
  .route('/', login)
  .route('/', passwordReset)
  .route('/', emailLinks)
  .route('/', devOutbox);

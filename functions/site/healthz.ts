import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { ownOrigin } from '../own-origin.ts';

/** 200 where this installation can serve; 503 and what is missing where nothing will work before its operator has seen to it. */
export const healthz = new Hono<AppEnv>().get('/healthz', (c) => {
  try {
    ownOrigin(c.env);
    return c.text('ok');
  } catch (error) {
    return c.text((error as Error).message, 503);
  }
});

import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { configuration } from '../configuration.ts';

/** Answers 200 if this installation can serve, and 503 with a sentence for its operator if a setting is missing or broken. */
export const healthz = new Hono<AppEnv>().get('/healthz', (c) => {
  try {
    configuration(c.env);
    return c.text('ok');
  } catch (error) {
    return c.text(error instanceof Error ? error.message : 'A setting is broken.', 503);
  }
});

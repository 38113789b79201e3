import { createApp } from './app.tsx';
import { consumeQueue } from './queues/consume-queue.ts';
import { sweep } from './queues/sweep.ts';

export { AddressLimiter } from './objects/address-limiter.ts';
export { ApiKeys } from './objects/api-keys.ts';
export { ApiLimiter } from './objects/api-limiter.ts';
export { ImageResizing } from './objects/image-resizing.ts';
export { LoginThrottle } from './objects/login-throttle.ts';
export { OrderPlaces } from './objects/order-places.ts';
export { PasswordHashing } from './objects/password-hashing.ts';

const app = createApp();

export default {
  fetch: app.fetch,
  queue: consumeQueue,
  scheduled: (_event, env, ctx) => ctx.waitUntil(sweep(env)),
} satisfies ExportedHandler<Env>;

import type { MiddlewareHandler } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../../app-env.ts';
import type { apiRouter } from './contract.ts';
import { byAddress } from './rate-limit.ts';

type ApiRouter = ReturnType<typeof apiRouter>;

/**
 * Mounts a resource behind its guards. Its paths answer `OPTIONS` with the methods they take, and any other method
 * with 405 and the same list.
 */
export function mount(
  router: ApiRouter,
  resource: ApiRouter,
  ...guards: MiddlewareHandler<AppEnv>[]
): void {
  const paths = allowedMethods(resource);
  for (const [path, allow] of paths) {
    router.options(path, byAddress, (c) => c.body(null, 204, { Allow: allow }));
    router.use(path, ...guards);
  }
  router.route('/', resource);
  for (const [path, allow] of paths) {
    router.all(path, (c) => {
      c.header('Allow', allow);
      throw new AppError('method_not_allowed', `This path takes ${allow}.`);
    });
  }
}

/** The `Allow` header of each of a resource's paths. */
function allowedMethods(resource: ApiRouter): Map<string, string> {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of resource.routes) {
    const known = methods.get(path) ?? new Set();
    methods.set(path, known.add(method));
    if (method === 'GET') known.add('HEAD');
  }
  return new Map(
    Array.from(methods, ([path, known]) => [path, [...known, 'OPTIONS'].toSorted().join(', ')]),
  );
}

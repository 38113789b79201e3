import { configuration } from '../../configuration.ts';
import { HEADERS } from './responses.ts';
import { apiRouter } from './contract.ts';
import { describeWebhookEvents } from './webhook-events.ts';

/** The OpenAPI 3.1 document of everything mounted on `router`, made from the schemas that validate. */
export function openapi(router: ReturnType<typeof apiRouter>) {
  const registry = router.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'Bearer',
    description:
      'An API key of your company: `Authorization: Bearer dk_…`. The scheme is case-sensitive.',
  });
  for (const [name, header] of Object.entries(HEADERS)) {
    registry.registerComponent('headers', name, header);
  }
  describeWebhookEvents(registry);
  const routes = apiRouter();
  routes.get('/openapi.json', (c) =>
    c.json(
      router.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Distribu API', version: '1', description: DESCRIPTION },
        servers: [{ url: `${configuration(c.env).origin}/api/v1` }],
        tags: [
          { name: 'Customers', description: 'The accounts that log in to your storefront.' },
          { name: 'Products', description: 'What you sell, with its price and stock.' },
          { name: 'Orders', description: 'What was ordered, whoever has ordered it and where.' },
          { name: 'Reports', description: 'What it comes to. Their days are those of UTC.' },
          {
            name: 'Webhooks',
            description:
              'Where your systems are told of events. What they get is described under `webhooks`.',
          },
        ],
      }),
    ),
  );
  return routes;
}

const DESCRIPTION = `JSON in and out, one company per key. \`v1\` never breaks.

**Keys.** Make one at Settings → API keys, and send it as \`Authorization: Bearer dk_…\`. A key does what its scopes
allow; a revoked key stops working at once.

**Limits.** 60 requests a minute per key, counted over any 60 seconds. Every answer says where you stand in
\`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and \`X-RateLimit-Reset\`; a refused request (429) also in \`Retry-After\`.

**Lists** are pages, newest first: pass \`nextCursor\` as \`cursor\` until \`hasMore\` is false. Rows that are added
meanwhile are neither skipped nor repeated.

**Errors** carry a message for people (\`error\`), a stable \`code\` for programs, and, where more than one thing is wrong,
all of it in \`fields\`. Every answer has an \`X-Request-Id\`: quote it when you ask us.

**Formats.** Money is a number with at most 2 decimals; times are ISO 8601 in UTC with milliseconds. Bodies are
\`application/json\` of at most 1 MB.`;

import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import manifest from '../assets/manifest.json' with { type: 'json' };
import { htmlPage } from '../html-page.ts';
import { SiteLayout } from '../views/site-layout.tsx';

/** The viewer writes style attributes, which need a policy of their own; scripts stay as strict as everywhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** `/docs/api`: the reference, drawn from the OpenAPI document by a viewer served from here. */
export const docsApi = new Hono<AppEnv>().get('/docs/api', (c) => {
  c.header('Content-Security-Policy', POLICY);
  return htmlPage(
    c,
    <SiteLayout title="API reference" scripts={['swagger-ui', 'docs-api']}>
      <link rel="stylesheet" href={manifest['docs-api.css']} />
      <div id="reference" data-document="/api/v1/openapi.json">
        <h1>API reference</h1>
        <p>
          The reference is drawn by a script from{' '}
          <a class="link" href="/api/v1/openapi.json">
            the OpenAPI document
          </a>
          , which you can also read as it is.
        </p>
      </div>
    </SiteLayout>,
  );
});

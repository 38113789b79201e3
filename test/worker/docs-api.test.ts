import { expect, it } from 'vitest';
import { PUBLIC_URL, server } from '../server.ts';

it('serves the API reference and everything it loads from our own origin', async () => {
  const page = await server.fetch(`${PUBLIC_URL}/docs/api`);
  expect(page.status).toBe(200);
  expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self';");
  const html = await page.text();
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css|svg|json))"/g)].map(
    ([, url]) => url ?? '',
  );
  expect(loaded.length).toBeGreaterThan(4);
  for (const url of loaded) {
    expect(url).toMatch(/^\/(?!\/)/);
    const response = await server.fetch(`${PUBLIC_URL}${url}`);
    expect(response.status, url).toBe(200);
    await response.arrayBuffer();
  }
});

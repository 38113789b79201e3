import type { Child } from 'hono/jsx';
import manifest from '../assets/manifest.json' with { type: 'json' };

/** A script a page asks for, by the name of its source in `assets/islands`, or `htmx`. */
export type ScriptName = keyof typeof manifest extends infer Name
  ? Name extends `${infer Script}.js`
    ? Script
    : never
  : never;

export type DocumentProps = {
  title: string;
  scripts?: readonly ScriptName[];
  /** Keeps the page out of search engines: everything behind a log-in or a token. */
  noindex?: boolean;
  /** Reloads the page after so many seconds where no script does it: waiting for a job. */
  refreshSeconds?: number;
  children?: Child;
};

/** htmx without what a strict policy forbids or we do not use; going back reloads the page. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  history: 'reload',
  prefix: '',
  extensions: 'none',
  defaultSwap: 'outerHTML',
});

/** The HTML shell. `htmlPage` writes the doctype before it. */
export function Document({
  title,
  scripts = [],
  noindex,
  refreshSeconds,
  children,
}: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Distribu`}</title>
        {noindex && <meta name="robots" content="noindex" />}
        {refreshSeconds !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <link rel="stylesheet" href={manifest['app.css']} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {scripts.includes('htmx') && <meta name="htmx-config" content={HTMX_CONFIG} />}
        {scripts.map((name) => (
          <script src={manifest[`${name}.js`]} defer></script>
        ))}
      </head>
      <body>{children}</body>
    </html>
  );
}

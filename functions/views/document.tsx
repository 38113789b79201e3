import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import manifest from '../assets/manifest.json' with { type: 'json' };

/** A script a page asks for, by the name of its source in `assets/islands`, or `htmx`. */
export type ScriptName = keyof typeof manifest extends infer Name
  ? Name extends `${infer Script}.js`
    ? Script
    : never
  : never;

type DocumentProps = {
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

/**
 * The HTML shell, written as text as it is the same for every page. `htmlPage` writes the doctype before it. The first
 * frame waits for the end of the page, which is small: half a table would be laid out otherwise than the whole one.
 */
export function Document({
  title,
  scripts = [],
  noindex,
  refreshSeconds,
  children,
}: DocumentProps) {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · Distribu</title>
      ${noindex && html`<meta name="robots" content="noindex" />`}
      ${
        refreshSeconds !== undefined &&
        html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}" /></noscript>`
      }
      <link rel="stylesheet" href="${manifest['app.css']}" />
      <link rel="expect" href="#end" blocking="render" />
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      ${scripts.includes('htmx') && html`<meta name="htmx-config" content="${HTMX_CONFIG}" />`}
      ${scripts.map((name) => html`<script src="${manifest[`${name}.js`]}" defer></script>`)}
    </head>
    <body>
      ${children}
      <i id="end" hidden></i>
    </body>
  </html>`;
}

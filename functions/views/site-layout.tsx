import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import { Document, type ScriptName } from './document.tsx';
import { type Flash, Notice } from './notice.tsx';

export type SiteLayoutProps = {
  title: string;
  /** A narrow column in the middle: log-in, sign-up, reset. */
  narrow?: boolean;
  noindex?: boolean;
  flash?: Flash | undefined;
  scripts?: readonly ScriptName[];
  /** At the right of the header; the default is log-in and sign-up. */
  actions?: Child;
  children?: Child;
};

/** The frame of pages one sees without a log-in. */
export function SiteLayout(props: SiteLayoutProps) {
  const { title, narrow, noindex, flash, scripts = [], actions, children } = props;
  return (
    <Document title={title} scripts={scripts} {...(noindex && { noindex })}>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <div class="site">
        <header class="site-header">
          <a class="shell-company" href="/">
            <img src="/favicon.svg" alt="" width="28" height="28" />
            Distribu
          </a>
          <div class="row">
            {actions ?? (
              <>
                <Button variant="ghost" href="/login">
                  Log in
                </Button>
                <Button href="/signup">Sign up</Button>
              </>
            )}
          </div>
        </header>
        <main class="site-main" id="main" tabindex={-1}>
          <div class={narrow ? 'site-narrow stack' : 'stack'}>
            {flash && <Notice tone={flash.tone}>{flash.text}</Notice>}
            {children}
          </div>
        </main>
        <footer class="site-footer">
          <span>Distribu, ordering for distributors and their customers.</span>
          <a class="link" href="/docs/api">
            API reference
          </a>
        </footer>
      </div>
    </Document>
  );
}

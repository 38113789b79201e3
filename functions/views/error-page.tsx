import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import { SiteLayout } from './site-layout.tsx';

type ErrorPageProps = {
  status: number;
  /** What happened, as a heading. */
  title: string;
  /** What one can do about it. */
  children?: Child;
  /** Shown for support to find the log line. */
  requestId?: string;
  /** Where to go from here. */
  home?: { href: string; label: string };
};

/** A page for what went wrong, in words. */
export function ErrorPage({ status, title, children, requestId, home }: ErrorPageProps) {
  const { href, label } = home ?? { href: '/', label: 'Go to the start page' };
  return (
    <SiteLayout title={title} narrow noindex actions={<></>}>
      <p class="prose">Error {status}</p>
      <h1>{title}</h1>
      {children && <div class="prose">{children}</div>}
      <div class="row">
        <Button href={href}>{label}</Button>
      </div>
      {requestId && (
        <p class="prose text-sm">
          Request <code>{requestId}</code>
        </p>
      )}
    </SiteLayout>
  );
}

/** What became of a form: its answer, or null where none came. */
export type Answer = {
  status: number;
  page: Document;
  /** Where the page shall go; `''` = a redirect that a script cannot see, such as the one to the log-in. */
  redirect: string | null;
} | null;

/** A line that hangs is a line that is lost: sending again is free. */
const PATIENCE_MS = 30_000;

/** Sends a form in the background. It arrives even where the page is left meanwhile. */
export async function post(action: string, body: URLSearchParams): Promise<Answer> {
  try {
    const response = await fetch(action, {
      method: 'POST',
      body,
      keepalive: true,
      redirect: 'manual',
      headers: { 'HX-Request': 'true' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const redirect = response.type === 'opaqueredirect' ? '' : response.headers.get('HX-Redirect');
    return { status: response.status, page, redirect };
  } catch {
    return null;
  }
}

/** Goes where an answer leads; the log-in comes back to this page. */
export function follow(redirect: string): void {
  if (redirect === '') location.reload();
  else location.assign(redirect);
}

/** Where the store's pages begin: `/store/acme`. */
export const home = (): string =>
  document.querySelector<HTMLAnchorElement>('.shell-company')?.pathname ?? '';

/** The answer to a form that was sent in the background. */
export interface FormAnswer {
  response: Response;
  page: Document;
}

/** A line that hangs is a line that is lost: these forms may be sent again. */
const PATIENCE_MS = 30_000;
/** Browsers let a request outlive its page when its body is smaller than 64 KiB. */
const OUTLIVING_MAX = 60_000;

/** Sends a form in the background, also while its page is left; null = no answer came. A redirect is not followed. */
export async function postForm(action: string, body: URLSearchParams): Promise<FormAnswer | null> {
  try {
    const response = await fetch(action, {
      method: 'POST',
      body,
      keepalive: body.toString().length < OUTLIVING_MAX,
      redirect: 'manual',
      headers: { 'HX-Request': 'true' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return { response, page };
  } catch {
    return null;
  }
}

/** What a form would send, without files and buttons. */
export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value);
  }
  return body;
}

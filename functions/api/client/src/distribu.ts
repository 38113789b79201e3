import createClient from 'openapi-fetch';
import type { paths } from './api-types.ts';
import type { Call, ListOptions, ListPath, Method, Row } from './call.ts';
import { DistribuError, errorFrom } from './distribu-error.ts';
import { retryingFetch, sleep } from './retrying-fetch.ts';

export interface DistribuOptions {
  /** `dk_…`, from Settings → API keys. */
  apiKey: string | undefined;
  /** Where your Distribu runs, as `https://orders.example.com`. */
  baseUrl: string;
  /** Retries after a failed try, at most; 4 unless told, 0 for none. */
  maxRetries?: number;
  /** What one try may take, in milliseconds; 30,000 unless told. */
  timeoutMs?: number;
  /** Instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** Instead of `setTimeout`, for tests. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Instead of `Math.random`, for tests. */
  random?: () => number;
}

type Parameters = { query?: Record<string, unknown> };
type Untyped = { params?: Parameters; [option: string]: unknown };
type Page = { data: unknown[]; pagination: { nextCursor: string | null } };

/** Rows a page, where the caller does not say: as many as the API gives. */
const PAGE_SIZE = 100;

/** The API of one company: a method for each of HTTP's, and `paginate` for whole lists. */
export class Distribu {
  readonly get = this.#call('get');
  readonly post = this.#call('post');
  readonly put = this.#call('put');
  readonly patch = this.#call('patch');
  readonly delete = this.#call('delete');
  readonly #client: ReturnType<typeof createClient<paths>>;

  /** @throws TypeError without a key, or with a base URL that is none */
  constructor({ apiKey, baseUrl, ...options }: DistribuOptions) {
    if (!apiKey) throw new TypeError('apiKey is missing: make one at Settings → API keys.');
    this.#client = createClient<paths>({
      baseUrl: new URL('/api/v1', baseUrl).href,
      headers: { Authorization: `Bearer ${apiKey}` },
      fetch: retryingFetch({
        maxRetries: options.maxRetries ?? 4,
        timeoutMs: options.timeoutMs ?? 30_000,
        fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
        sleep: options.sleep ?? sleep,
        random: options.random ?? Math.random,
      }),
    });
  }

  /**
   * Every row of a list, page after page, newest first.
   * @throws DistribuError where a page cannot be fetched
   */
  async *paginate<P extends ListPath>(
    path: P,
    ...[options]: ListOptions<P>
  ): AsyncGenerator<Row<P>, void, undefined> {
    const { params, ...rest }: Untyped = options ?? {};
    const query = { limit: PAGE_SIZE, ...params?.query };
    let cursor: string | null | undefined;
    do {
      const page = (await this.#send('get', path, {
        ...rest,
        params: { ...params, query: { ...query, ...(cursor && { cursor }) } },
      })) as unknown as Page;
      yield* page.data as Row<P>[];
      cursor = page.pagination.nextCursor;
    } while (cursor);
  }

  #call<M extends Method>(method: M): Call<M> {
    return ((path: string, options?: Untyped) => this.#send(method, path, options)) as Call<M>;
  }

  async #send(method: Method, path: string, options: Untyped = {}): Promise<object> {
    // The types of our own calls are stricter than what openapi-fetch can be told of them.
    const request = this.#client.request as (
      method: string,
      path: string,
      options: Untyped,
    ) => Promise<{ data?: string; error?: unknown; response: Response }>;
    const { data, error, response } = await request(method, path, { ...options, parseAs: 'text' });
    if (!response.ok) throw errorFrom(response, error);
    return { ...readBody(response, data), response };
  }
}

function readBody(response: Response, text: string | undefined): object {
  if (!text) return {};
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    const message = 'Distribu answered with something that is no JSON.';
    const { status } = response;
    throw new DistribuError(message, { status, code: 'unexpected', cause });
  }
}

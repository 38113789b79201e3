import { Distribu, type DistribuOptions } from '#functions/api/client/src/index.ts';
import type { CompanyFixture } from '#db/factories.ts';
import type { Scope } from '#src/permissions.ts';
import { freshCompany } from './context.ts';
import { apiKeyFor, url } from './server.ts';

/**
 * What happens to one try: `refused`, it never arrives; `lost`, it does, and its answer does not; an answer, it meets
 * that on its way.
 */
type Trouble = 'refused' | 'lost' | Response | null;

interface SomeClient extends Partial<DistribuOptions> {
  company?: CompanyFixture;
  scopes?: Scope[];
  /** Of the first tries, one after the other. */
  troubles?: Trouble[];
}

/** A client of the running server, with what it has sent and for how long it would have waited. */
export async function someClient({ company, scopes, troubles = [], ...options }: SomeClient = {}) {
  const owner = company ?? (await freshCompany({ apiRateLimit: 2000 }));
  const { key } = await apiKeyFor(owner, scopes);
  const sent: Request[] = [];
  const waits: number[] = [];
  const client = new Distribu({
    apiKey: key,
    baseUrl: url.href,
    random: () => 0.5,
    sleep: (ms) => Promise.resolve(void waits.push(ms)),
    fetch: async (request) => {
      sent.push(request);
      const trouble = troubles.shift();
      if (trouble === 'refused') throw new TypeError('fetch failed');
      if (trouble instanceof Response) return trouble;
      const response = await fetch(request);
      if (trouble !== 'lost') return response;
      await response.text();
      throw new TypeError('terminated');
    },
    ...options,
  });
  return { client, company: owner, sent, waits };
}

/** Every row of a walk. */
export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

/** An answer as a proxy or the API would give it. */
export function answer(status: number, body: unknown = '', headers: HeadersInit = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

import { z } from 'zod';

const TIMEOUT_MS = 3000;
/** What a name leads to: addresses, and other names on the way there. */
const ADDRESS_TYPES = new Set([1, 28]);
const CNAME = 5;

const DnsAnswer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

interface Resolved {
  addresses: string[];
  /** The aliases in between, without a dot at the end. */
  names: string[];
}

/** @throws whatever keeps the name from being resolved */
export type ResolveHost = (host: string) => Promise<Resolved>;

/** Asks a resolver over HTTPS (`application/dns-json`) for the addresses of both kinds: a Worker cannot ask otherwise. */
export function dnsOverHttps(resolver: string): ResolveHost {
  const ask = async (host: string, type: 'A' | 'AAAA') => {
    const url = new URL(resolver);
    url.searchParams.set('name', host);
    url.searchParams.set('type', type);
    const response = await fetch(url, {
      headers: { Accept: 'application/dns-json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`The resolver answered ${response.status}.`);
    const { Status: status, Answer: records = [] } = DnsAnswer.parse(await response.json());
    if (status !== 0) throw new Error(`The resolver answered with status ${status}.`);
    return records;
  };
  return async function resolveHost(host) {
    const records = (await Promise.all([ask(host, 'A'), ask(host, 'AAAA')])).flat();
    return {
      addresses: records.filter(({ type }) => ADDRESS_TYPES.has(type)).map(({ data }) => data),
      names: records
        .filter(({ type }) => type === CNAME)
        .map(({ data }) => data.toLowerCase().replace(/\.$/, '')),
    };
  };
}

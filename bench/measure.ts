import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  /** milliseconds */
  p50: number;
  p99: number;
  bytes: number;
}

/** What is asked for. */
export interface Asked {
  path: string;
  /** Each connection has some of them. */
  headers: Record<string, string>[];
  /** Makes it a POST, with a body of its own for each request. */
  post?: () => Posted;
  /** The only status that counts as a success; 200 unless it says otherwise. */
  succeedsWith?: number;
}

export interface Posted {
  body: string;
  headers: Record<string, string>;
}

/**
 * Asks one Worker over `connections` connections for `seconds`.
 * @throws when a single answer is not a success: a refusal is fast and proves nothing
 */
export async function load(
  url: string,
  { path, headers, post, succeedsWith = 200 }: Asked,
  options: { connections: number; seconds: number },
): Promise<Load> {
  // Each connection has headers of its own: sent in turn by all of them, the first few would do all the work.
  let connection = 0;
  const result = await autocannon({
    url: url + path,
    connections: options.connections,
    duration: options.seconds,
    setupClient(client) {
      const mine = headers.filter(
        (_, n) => n % options.connections === connection % options.connections,
      );
      connection += 1;
      client.setRequests(
        (mine.length > 0 ? mine : headers).map((each) => ({
          headers: each,
          ...(post && {
            method: 'POST' as const,
            setupRequest: (request) => {
              const { body, headers: its } = post();
              return { ...request, body, headers: { ...each, ...its } };
            },
          }),
        })),
      );
    },
  });
  const succeeded = result.statusCodeStats?.[`${succeedsWith}`]?.count ?? 0;
  if (succeeded < result.requests.total || result.errors + result.timeouts > 0) {
    throw new Error(`${path}: ${succeeded} of ${result.requests.total} requests succeeded.`);
  }
  return {
    requestsPerSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    bytes: Math.round(result.throughput.total / result.requests.total),
  };
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

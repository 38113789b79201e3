import autocannon from 'autocannon';

export interface Load {
  requestsPerSecond: number;
  /** milliseconds */
  p50: number;
  p99: number;
  bytes: number;
}

/**
 * Requests one address, with each of `headers` in turn, over `connections` connections for `seconds`.
 * @throws when a single answer is not a success: a refusal is fast and proves nothing
 */
export async function load(
  url: string,
  headers: Record<string, string>[],
  options: { connections: number; seconds: number },
): Promise<Load> {
  // Each connection has headers of its own: sent in turn by all of them, the first few would do all the work.
  let connection = 0;
  const result = await autocannon({
    url,
    connections: options.connections,
    duration: options.seconds,
    setupClient(client) {
      const mine = headers.filter(
        (_, n) => n % options.connections === connection % options.connections,
      );
      connection += 1;
      client.setRequests((mine.length > 0 ? mine : headers).map((each) => ({ headers: each })));
    },
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${url}: ${failed} of ${result.requests.total} requests failed.`);
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

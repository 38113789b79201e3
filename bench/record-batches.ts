import { createServer } from 'node:http';

/**
 * Sees what the Worker sends for each request: it stands between the Worker and the endpoint, forwards every batch and
 * keeps its text.
 */
export async function recordBatches(endpointUrl: string) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      seen.push(body);
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name.startsWith('neon-')),
      ) as Record<string, string>;
      const answer = await fetch(`${endpointUrl}/sql`, { method: 'POST', body, headers });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The recorder has no port.');
  return {
    port: address.port,
    /** The batches since the last call. */
    take: () => seen.splice(0),
    close: () => server.close(),
  };
}

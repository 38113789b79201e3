import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultInjector, type Faults } from './faults.ts';
import { BadRequest, errorBody, parseSqlRequest, resultBody } from './neon-protocol.ts';
import { RequestCounter, type RequestStats } from './request-stats.ts';
import { openSessionPool } from './session-pool.ts';

export interface Endpoint {
  /** What the Worker gets as DATABASE_URL. */
  appUrl: string;
  /** `http://127.0.0.1:port`, with `/sql`, `/stats`, `/stats/{requestId}` and `/faults`. */
  httpUrl: string;
  stats(requestId?: string): RequestStats;
  setFaults(faults: Partial<Faults>): void;
  close(): Promise<void>;
}

interface EndpointOptions {
  /** The owner's URL. Statements run as the app's role all the same. */
  databaseUrl: string;
  port?: number;
  poolSize?: number;
  /** The database is the embedded one, whose connections share one session. */
  sharedSession?: boolean;
  /** Gives each statement so long from now on, where `statement_timeout` does nothing; null = no more. */
  limitStatements?: (milliseconds: number | null) => void;
}

/**
 * Speaks Neon's HTTP protocol to any PostgreSQL, on the loopback address only. The connection
 * string a client sends is not used: everybody who can reach the port gets this database as the
 * app's role. Requests that carry `X-Request-Id` are counted under it.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { databaseUrl, port = 0, sharedSession = false } = options;
  const pool = openSessionPool(
    databaseUrl,
    sharedSession ? 1 : (options.poolSize ?? 8),
    sharedSession,
    options.limitStatements,
  );
  const counter = new RequestCounter();
  const faults = new FaultInjector();

  async function answerSql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { statements, begin, arrayMode } = parseSqlRequest(
      request.headers,
      await readBody(request),
    );
    counter.count(request.headers['x-request-id'] as string | undefined, statements.length);
    let fault = null;
    if (faults.active) {
      const next = faults.next(statements.map(({ query }) => query));
      if (next.delayMs > 0) await sleep(next.delayMs);
      fault = next.fault;
    }
    if (fault === 'error') return send(response, 500, '{"message":"Injected fault"}');
    const results = await pool.run(statements, begin);
    if (fault === 'drop') return void request.socket.destroy();
    send(response, 200, resultBody(results, begin !== null, arrayMode));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    if (method === 'POST' && url === '/sql') return answerSql(request, response);
    if (method === 'GET' && url === '/stats') return sendJson(response, counter.total);
    if (method === 'GET' && url.startsWith('/stats/')) {
      return sendJson(response, counter.of(decodeURIComponent(url.slice('/stats/'.length))));
    }
    if (method === 'PUT' && url === '/faults') {
      faults.set(JSON.parse(await readBody(request)) as Partial<Faults>);
      return sendJson(response, faults.current);
    }
    send(response, 404, '{"message":"Not found"}');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof BadRequest || isServerError(error) ? 400 : 500;
      send(response, status, errorBody(error));
    });
  });
  // Closing an idle connection at the moment the Worker reuses it would look like a fault.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const database = new URL(databaseUrl).pathname.slice(1);

  return {
    appUrl: `postgres://distribu_app:local@${host}/${database}`,
    httpUrl: `http://${host}`,
    stats: (requestId) => (requestId === undefined ? { ...counter.total } : counter.of(requestId)),
    setFaults: (next) => faults.set(next),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await pool.close();
    },
  };
}

/** PostgreSQL refused a statement, as opposed to: could not be reached. */
function isServerError(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks).toString()))
      .on('error', reject);
  });
}

function sendJson(response: ServerResponse, body: unknown): void {
  send(response, 200, JSON.stringify(body));
}

function send(response: ServerResponse, status: number, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': bytes.length,
  });
  response.end(bytes);
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

const status = (code: number, headers: Record<string, string> = {}, body = ''): Behaviour => {
  return (response) => response.writeHead(code, headers).end(body);
};

const MIB = Buffer.alloc(1024 * 1024, 'x');

/** What a path beginning with such a name is answered with. */
const BEHAVIOURS: Record<string, Behaviour> = {
  ok: status(200, {}, 'Thank you.'),
  '204': status(204),
  '301': (response, { headers }) =>
    response.writeHead(301, { Location: `http://${headers.host}/target` }).end('Moved.'),
  '410': status(410),
  '429': status(429, { 'Retry-After': '7200' }),
  '500': status(500, {}, 'Broken.'),
  odd: (response) => response.end(Buffer.from([0x61, 0x00, 0xff, 0xed, 0xa0, 0x80, 0x62])),
  hang: () => undefined,
  half: (response) => response.writeHead(200).write('And then'),
  drip: (response) => {
    response.writeHead(200);
    const drop = setInterval(() => response.write('.'), 200);
    response.on('close', () => clearInterval(drop));
  },
  huge: (response) => {
    response.writeHead(200, { 'Content-Length': String(100 * MIB.length) });
    const more = (left: number) => {
      if (left > 0 && !response.destroyed) response.write(MIB, () => more(left - 1));
    };
    more(100);
  },
  reset: (response) => response.socket?.resetAndDestroy(),
  cut: (response) => {
    response.writeHead(200, { 'Content-Length': '100' });
    response.write('And then', () => response.socket?.resetAndDestroy());
  },
};

/** A webhook's endpoint on the loopback address, which keeps what it gets and misbehaves as its paths say. */
export class Receiver {
  readonly received: Received[] = [];
  readonly host: string;
  private readonly server: Server;
  private readonly own = new Map<string, Behaviour>();
  private readonly waiting = new Set<() => void>();

  private constructor(server: Server) {
    this.server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.take(request, response));
  }

  static async open(): Promise<Receiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A test that fails still ends.
    server.unref();
    return new Receiver(server);
  }

  url(path: string): string {
    return `http://${this.host}/${path}`;
  }

  /** From now on, what begins with this path is answered so. */
  answer(path: string, behaviour: keyof typeof BEHAVIOURS | Behaviour): void {
    const chosen = typeof behaviour === 'function' ? behaviour : BEHAVIOURS[behaviour];
    if (chosen) this.own.set(`/${path}`, chosen);
  }

  at(path: string): Received[] {
    return this.received.filter((one) => one.path === `/${path}`);
  }

  /** The ids of the events that have come in there. */
  idsAt(path: string): Set<string> {
    return new Set(this.at(path).map(({ headers }) => String(headers['webhook-id'])));
  }

  /** Once so many requests have come in at that path. */
  async arrived(path: string, count = 1): Promise<Received[]> {
    while (this.at(path).length < count) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
    return this.at(path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.received.push({ path, headers: request.headers, body });
    const behaviour = this.own.get(path) ?? BEHAVIOURS[path.split('/')[1] ?? ''] ?? status(404);
    behaviour(response, request);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

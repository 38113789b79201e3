import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { consume, type Outcome } from './consume.ts';

const Body = z.object({ n: z.number() });

let logged: Record<string, unknown>[];
beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'error').mockImplementation(
    (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>),
  );
});
afterEach(() => vi.restoreAllMocks());

/** What became of each message of one batch: `ack`, or the seconds until it is tried again. */
async function outcomes(
  bodies: readonly unknown[],
  handler: (body: z.output<typeof Body>) => Promise<Outcome>,
  attempts = 1,
): Promise<unknown[][]> {
  const settled: unknown[][] = bodies.map(() => []);
  const messages = bodies.map((body, index) => ({
    id: `message-${index}`,
    timestamp: new Date(),
    body,
    attempts,
    ack: () => void settled[index]?.push('ack'),
    retry: (options?: QueueRetryOptions) => void settled[index]?.push(options?.delaySeconds),
  }));
  const notOurs = () => expect.unreachable('Messages are settled one by one.');
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
  const batch = { queue: 'test', messages, metadata, ackAll: notOurs, retryAll: notOurs };
  await consume(batch, Body, handler);
  return settled;
}

it('acknowledges what is done, once', async () => {
  const handled: unknown[] = [];
  const handler = (body: unknown) => {
    handled.push(body);
    return Promise.resolve<Outcome>('done');
  };
  expect(await outcomes([{ n: 1, more: true }, { n: 2 }], handler)).toEqual([['ack'], ['ack']]);
  expect(handled).toEqual([{ n: 1 }, { n: 2 }]);
  expect(logged).toEqual([]);
});

it('tries again after as long as the handler asks for, which is no error', async () => {
  const handler = ({ n }: { n: number }) => Promise.resolve<Outcome>({ retryIn: n });
  expect(await outcomes([{ n: 40 }, { n: 7 }], handler)).toEqual([[40], [7]]);
  expect(logged).toEqual([]);
});

it('logs a body that will never be one and lets it go, unseen by the handler', async () => {
  const handler = vi.fn(() => Promise.resolve<Outcome>('done'));
  const poison = ['text', null, undefined, {}, { n: 'one' }];
  expect(await outcomes(poison, handler)).toEqual(poison.map(() => ['ack']));
  expect(handler).not.toHaveBeenCalled();
  expect(logged.map(({ message, id }) => [message, id])).toEqual(
    poison.map((_, index) => ['poison message', `message-${index}`]),
  );
});

it('tries again, later each time, what threw', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
  const broken = () => Promise.reject(new Error('The database is away.'));
  const waits: unknown[] = [];
  for (const attempts of [1, 2, 3, 4, 100]) {
    waits.push(...(await outcomes([{ n: 1 }], broken, attempts)).flat());
  }
  expect(waits).toEqual([5, 10, 20, 40, 900]);
  expect(logged[1]).toMatchObject({
    message: 'message failed',
    queue: 'test',
    id: 'message-0',
    attempts: 2,
    error: { message: 'The database is away.' },
  });
});

it('harms no neighbour of a message that is poison or fails', async () => {
  const handler = async ({ n }: { n: number }): Promise<Outcome> => {
    if (n === 2) throw new Error('Broken.');
    return n === 3 ? { retryIn: 30 } : 'done';
  };
  const settled = await outcomes([{ n: 1 }, { n: 2 }, 'poison', { n: 3 }, { n: 4 }], handler);
  expect(settled).toEqual([['ack'], [expect.any(Number)], ['ack'], [30], ['ack']]);
});

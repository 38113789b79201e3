import { afterEach, expect, it, vi } from 'vitest';
import { newId } from '#db/ids.ts';
import { consumeQueue } from './consume-queue.ts';

afterEach(() => vi.restoreAllMocks());

it('says of each message that is dead which delivery it was about, and lets it go', async () => {
  const logged: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation(
    (line: string) => void logged.push(JSON.parse(line)),
  );
  const dead = { companyId: newId('company'), deliveryId: newId('delivery') };
  const settled: string[] = [];
  const messages = [dead, 'no message'].map((body, index) => ({
    id: `message-${index}`,
    timestamp: new Date(),
    body,
    attempts: 1,
    ack: () => void settled.push('ack'),
    retry: () => void settled.push('retry'),
  }));
  const notOurs = () => expect.unreachable('Messages are settled one by one.');
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
  const batch = { messages, metadata, ackAll: notOurs, retryAll: notOurs };
  const nobody = () => expect.unreachable('Nothing is asked of the bindings.');
  await consumeQueue(
    { queue: 'distribu-webhooks-dead', ...batch },
    new Proxy({} as Env, { get: nobody }),
    new Proxy({} as ExecutionContext, { get: nobody }),
  );
  expect(settled).toEqual(['ack', 'ack']);
  expect(logged).toMatchObject([
    { message: 'webhook message dead', ...dead },
    { message: 'poison message', id: 'message-1' },
  ]);
});

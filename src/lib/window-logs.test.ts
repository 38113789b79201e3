import { expect, it } from 'vitest';
import { shardOf } from './shard.ts';
import { WindowLogs } from './window-logs.ts';

const MINUTE = 60_000;

it('counts each name for itself, and takes a use back', () => {
  const logs = new WindowLogs(MINUTE, 10);
  expect(logs.take('a', 2, 0).accepted).toBe(true);
  expect(logs.take('a', 2, 1).accepted).toBe(true);
  expect(logs.take('b', 2, 1).accepted).toBe(true);
  expect(logs.take('a', 2, 2)).toMatchObject({ accepted: false, retryAfter: 60 });
  logs.giveBack('a', 1);
  expect(logs.take('a', 2, 3).accepted).toBe(true);
  expect(logs.take('a', 2, 3).accepted).toBe(false);
  expect(logs.take('a', 2, MINUTE).accepted).toBe(true);
  logs.giveBack('nobody', 1);
});

it('remembers so many names, those that were used last', () => {
  const logs = new WindowLogs(MINUTE, 3);
  for (let n = 0; n < 100_000; n += 1) logs.take(`n${n}`, 1, n % 1000);
  expect(logs.size).toBe(3);
  expect(logs.take('n99999', 1, 1000).accepted).toBe(false);
  expect(logs.take('n0', 1, 1000).accepted).toBe(true);
});

it('forgets a name after a window without use', () => {
  const logs = new WindowLogs(MINUTE, 100);
  for (let n = 0; n < 50; n += 1) logs.take(`n${n}`, 1, n);
  expect(logs.size).toBe(50);
  logs.take('later', 1, MINUTE + 24);
  expect(logs.size).toBe(26);
});

it('spreads names over the shards, each always to the same one', () => {
  const shards = Array.from({ length: 10_000 }, (_, n) => shardOf(`198.51.100.${n}`, 64));
  const sizes = [...Map.groupBy(shards, (shard) => shard).values()].map(({ length }) => length);
  expect(sizes).toHaveLength(64);
  expect(Math.max(...sizes)).toBeLessThan(300);
  expect(shardOf('2001:db8::/64', 64)).toBe(shardOf('2001:db8::/64', 64));
});

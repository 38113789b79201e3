import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORBIDDEN_ADDRESSES, FORBIDDEN_HOSTS } from '../../test/private-addresses.ts';
import { Receiver } from '../../test/receiver.ts';
import { addressesProblem, portProblem, urlProblem } from './public-url.ts';
import { httpWebhookSender } from './http-webhook-sender.ts';

const rules = { allowHttp: true, allow: [], ownHosts: ['app.distribu.io'] };

describe('an address a webhook may have', () => {
  it.each([
    'https://example.com/hooks',
    'https://example.com:8443/hooks?a=1#b',
    'https://EXAMPLE.com.',
    'https://bücher.example.com/',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
    'https://127.0.0.1.nip.io/',
    'https://local.example.com/',
    'http://example.com/',
  ])('is %s', (url) => {
    expect(urlProblem(url, rules)).toBeNull();
  });

  it('is what development allows, at that port only', () => {
    const allowing = { ...rules, allow: ['127.0.0.1:9000', 'localhost:80'] };
    expect(urlProblem('http://127.0.0.1:9000/x', allowing)).toBeNull();
    expect(urlProblem('http://2130706433:9000/x', allowing)).toBeNull();
    expect(urlProblem('http://localhost/', allowing)).toBeNull();
    expect(urlProblem('http://127.0.0.1:9001/x', allowing)).not.toBeNull();
    expect(urlProblem('https://localhost/', allowing)).not.toBeNull();
  });
});

describe('an address a webhook may not have', () => {
  it.each([
    ['', 'complete'],
    ['example.com/hooks', 'complete'],
    ['/hooks', 'complete'],
    ['https://', 'complete'],
    ['https:// example.com', 'complete'],
    ['https://exa\nmple.com', 'complete'],
    ['ftp://example.com', 'complete'],
    ['file:///etc/passwd', 'complete'],
    ['javascript:alert(1)', 'complete'],
    ['data:text/plain,x', 'complete'],
    ['https://ann:pw@example.com', 'user name'],
    ['https://ann@example.com', 'user name'],
    ['https://example.com@127.0.0.1', 'user name'],
    ['https://app.distribu.io/api', 'itself'],
    ['https://APP.distribu.io.:8443/', 'itself'],
    ['https://exa..mple.com', 'public'],
  ])('is %j', (url, reason) => {
    expect(urlProblem(url, rules)).toContain(reason);
  });

  it('is one without encryption outside development', () => {
    const problem = urlProblem('http://example.com', { ...rules, allowHttp: false });
    expect(problem).toBe('URL must start with https://.');
  });

  it('is any private one, however it is spelled', () => {
    expect(new Set(FORBIDDEN_HOSTS).size).toBeGreaterThan(400);
    const passed = ['https', 'http'].flatMap((scheme) =>
      FORBIDDEN_HOSTS.map((host) => `${scheme}://${host}/`).filter(
        (url) => urlProblem(url, rules) === null,
      ),
    );
    expect(passed).toEqual([]);
  });

  it('is one that leads to a private address, alone or among others', () => {
    for (const address of FORBIDDEN_ADDRESSES) {
      expect(addressesProblem([address]), address).not.toBeNull();
      expect(addressesProblem(['1.1.1.1', address]), address).not.toBeNull();
    }
    expect(addressesProblem(['1.1.1.1', '2606:4700::1111'])).toBeNull();
  });
});

describe('a port a new webhook may have', () => {
  const isAllowed = (port: number | string) =>
    portProblem(`https://example.com:${port}/hooks`, rules) === null;

  it('is 80, 443 or one from 1024 up', () => {
    for (const port of ['', 80, 443, 1024, 3000, 5000, 8000, 8080, 8443, 9000, 65535]) {
      expect(isAllowed(port), String(port)).toBe(true);
    }
    const low = Array.from({ length: 1024 }, (_, port) => port).filter(isAllowed);
    expect(low).toEqual([80, 443]);
    expect(portProblem('http://example.com', rules)).toBeNull();
  });

  it('is none of a database or an internal service, but what development allows', () => {
    for (const port of [2375, 3306, 3389, 5432, 6379, 6443, 9200, 10250, 11211, 27017]) {
      expect(isAllowed(port), String(port)).toBe(false);
    }
    const allowing = { allow: ['example.com:5432'] };
    expect(portProblem('https://example.com:5432/hooks', allowing)).toBeNull();
  });

  it('is asked when a URL is saved only: one saved before is still sent to', () => {
    expect(urlProblem('https://example.com:5432/hooks', rules)).toBeNull();
  });
});

describe('sending', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.open();
  });
  afterAll(() => receiver.close());

  it('reaches nobody by a private address, however it is spelled, and by no name that leads to one', async () => {
    const port = receiver.host.split(':')[1];
    const resolved: string[] = [];
    const resolve = (host: string) => {
      resolved.push(host);
      const address = FORBIDDEN_ADDRESSES[resolved.length % FORBIDDEN_ADDRESSES.length] ?? '';
      return Promise.resolve({ addresses: ['1.1.1.1', address], names: [] });
    };
    const send = httpWebhookSender(rules, resolve);
    const hosts = [
      ...FORBIDDEN_HOSTS,
      ...FORBIDDEN_ADDRESSES.map((_, n) => `name-${n}.example.com`),
    ];
    for (const host of hosts) {
      const answer = await send({ url: `http://${host}:${port}/ok`, headers: {}, body: '{}' });
      expect(answer, host).toMatchObject({ statusCode: null, error: expect.any(String) });
    }
    expect(resolved).toHaveLength(FORBIDDEN_ADDRESSES.length);
    expect(receiver.received).toEqual([]);
  });

  it.each([
    ['an alias of a private name', { addresses: ['1.1.1.1'], names: ['db.internal'] }, 'public'],
    ['no address', { addresses: [], names: [] }, 'no address'],
    ['what is no address', { addresses: ['1.1.1.1', 'nonsense'], names: [] }, 'public'],
  ])('reaches nobody by a name with %s', async (_, found, reason) => {
    const send = httpWebhookSender(rules, () => Promise.resolve(found));
    const url = `http://name.example.com:${receiver.host.split(':')[1]}/ok`;
    expect((await send({ url, headers: {}, body: '' })).error).toContain(reason);
  });

  it('fails where the name cannot be looked up', async () => {
    const send = httpWebhookSender(rules, () => Promise.reject(new Error('SERVFAIL')));
    const answer = await send({ url: 'https://name.example.com/', headers: {}, body: '' });
    expect(answer.error).toBe('The host name could not be resolved: SERVFAIL');
  });
});

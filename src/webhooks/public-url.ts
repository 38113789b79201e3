import ipaddr from 'ipaddr.js';

export interface UrlRules {
  /** Development only: `http:` is as good as `https:`. */
  allowHttp: boolean;
  /** Development only: `host:port` that no other rule applies to. */
  allow: readonly string[];
  /** Host names we answer at ourselves. */
  ownHosts: readonly string[];
}

const NO_URL = 'URL must be a complete address, like https://example.com/hooks.';
export const NOT_PUBLIC = 'URL must point to a host on the public internet.';
export const BAD_PORT =
  'URL must use port 80, 443 or one from 1024 up that no database or internal service uses.';

/** Names that lead nowhere outside a private network, whatever a resolver says of them. */
const PRIVATE_SUFFIXES = new Set([
  'arpa',
  'corp',
  'example',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'onion',
  'private',
  'test',
]);

/** Public by its number, but answered by the host a cloud's machine runs on. */
const METADATA = new Set(['168.63.129.16']);
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * Why a webhook may not be sent to this URL, as far as its spelling tells; null = it may.
 * @returns a sentence for the form
 */
export function urlProblem(url: string, rules: UrlRules): string | null {
  // What a parser would silently drop has no place in an address.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007F]/.test(url)) return NO_URL;
  const parsed = URL.parse(url);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return NO_URL;
  if (parsed.protocol === 'http:' && !rules.allowHttp) return 'URL must start with https://.';
  if (parsed.username || parsed.password) return 'URL must not contain a user name or password.';
  if (rules.allow.includes(hostAndPort(parsed))) return null;
  const host = parsed.hostname.replace(/\.$/, '');
  if (rules.ownHosts.some((own) => own.toLowerCase().replace(/:\d+$/, '') === host)) {
    return 'URL must not point to this service itself.';
  }
  return hostProblem(host);
}

/** Ports from 1024 up that databases, caches, brokers and the administration of servers listen on (decision 44). */
const SERVICE_PORTS = new Set([
  1080, // SOCKS
  1433, // SQL Server
  1434,
  1521, // Oracle
  1883, // MQTT
  2049, // NFS
  2181, // ZooKeeper
  2375, // Docker
  2376,
  2379, // etcd
  2380,
  3128, // Squid
  3306, // MySQL
  3389, // Remote Desktop
  4369, // Erlang port mapper
  5432, // PostgreSQL
  5433,
  5671, // AMQP
  5672,
  5900, // VNC
  5901,
  5984, // CouchDB
  5985, // Windows Remote Management
  5986,
  6379, // Redis
  6380,
  6432, // PgBouncer
  6443, // Kubernetes
  7687, // Neo4j
  8086, // InfluxDB
  8200, // Vault
  8500, // Consul
  9042, // Cassandra
  9092, // Kafka
  9093,
  9200, // Elasticsearch
  9300,
  10250, // Kubernetes nodes
  10255,
  11211, // Memcached
  15672, // RabbitMQ
  25672,
  26257, // CockroachDB
  27017, // MongoDB
  27018,
  27019,
]);

/**
 * Why a webhook may not be pointed at this URL's port; null = it may. Asked when a URL is saved: one that was saved before
 * this rule existed keeps its port when it is sent to.
 */
export function portProblem(url: string, { allow }: Pick<UrlRules, 'allow'>): string | null {
  const parsed = URL.parse(url);
  if (!parsed?.port || allow.includes(hostAndPort(parsed))) return null;
  const port = Number(parsed.port);
  const isAllowed = port === 80 || port === 443 || (port >= 1024 && !SERVICE_PORTS.has(port));
  return isAllowed ? null : BAD_PORT;
}

/** `host:port`, the port always there. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/**
 * Why a host may not be reached, by name or by number; null = it may.
 * @param host as `URL` spells it (lower case, punycode, numbers in dotted decimal)
 */
export function hostProblem(host: string): string | null {
  if (host.startsWith('[')) return addressesProblem([host.slice(1, -1)]);
  if (ipaddr.isValid(host)) return addressesProblem([host]);
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  const isPublic =
    labels.length > 1 &&
    labels.every((label) => label !== '' && label.length <= 63) &&
    !PRIVATE_SUFFIXES.has(last) &&
    !/^(?:\d+|0x[\da-f]*)$/.test(last);
  return isPublic ? null : NOT_PUBLIC;
}

/** Why a host with these addresses may not be reached: every one of them has to be a public one. */
export function addressesProblem(addresses: string[]): string | null {
  return addresses.every(isPublicAddress) ? null : NOT_PUBLIC;
}

function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || METADATA.has(address.toString())) return false;
  // Of IPv6 only these are given out; the rest is unassigned, or another way to spell something inside.
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6 as [ipaddr.IPv6, number]);
}

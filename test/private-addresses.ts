/** Addresses nobody outside may make us ask: each with who is there. */
const PRIVATE_V4 = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.0.1',
  '169.254.169.254',
  '169.254.170.2',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
] as const;

const PRIVATE_V6 = [
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::127.0.0.1',
  'fe80::1',
  'fec0::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
] as const;

const NAMES = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ｌｏｃａｌｈｏｓｔ',
  'foo.localhost',
  'foo.localhost.',
  'metadata.google.internal',
  'METADATA.GOOGLE.INTERNAL.',
  'metadata',
  'instance-data',
  'kubernetes.default.svc.cluster.local',
  'printer.local',
  'router.lan',
  'nas.home.arpa',
  '1.0.0.127.in-addr.arpa',
  'mail.corp',
  'wiki.intranet',
  'box.home',
  'db.private',
  'hidden.onion',
  'api.test',
  'www.example',
  'nothing.invalid',
  'host.docker.internal',
] as const;

/** One IPv4 address in every way a parser may take for it. */
function spellings(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => value.toString(16);
  const octal = (value: number) => `0${value.toString(8)}`;
  const [high, low] = [hex(a * 256 + b), hex(c * 256 + d)];
  return [
    address,
    `${address}.`,
    String(number),
    `0x${hex(number)}`,
    `0X${hex(number).toUpperCase()}`,
    octal(number),
    [a, b, c, d].map(octal).join('.'),
    [a, b, c, d].map((part) => `0x${hex(part)}`).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `0x${hex(a)}.${octal(b)}.${c}.${d}`,
    address.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '%2e'),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:FFFF:${high}:${low}]`,
    `[::${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::1]`,
    `[::ffff:0:${address}]`,
  ];
}

/** Hosts as somebody might spell them in a URL, more than 500, of which none may be reached. */
export const FORBIDDEN_HOSTS: readonly string[] = [
  ...PRIVATE_V4.flatMap(spellings),
  ...PRIVATE_V6.map((address) => `[${address}]`),
  ...NAMES,
];
/** The same as a resolver may name them. */
export const FORBIDDEN_ADDRESSES: readonly string[] = [
  ...PRIVATE_V4,
  ...PRIVATE_V6,
  ...PRIVATE_V4.flatMap((address) => [`::ffff:${address}`, `64:ff9b::${address}`]),
];

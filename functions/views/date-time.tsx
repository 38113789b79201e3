import { raw } from 'hono/html';
import { DASH } from './dash.ts';

const STYLES = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  datetime: {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type DateTimeStyle = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(style: DateTimeStyle, timeZone: string): Intl.DateTimeFormat {
  const key = `${style} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', { ...STYLES[style], timeZone });
  // There are some 400 zones; the bound is for a caller who passes something else.
  if (formats.size < 1000) formats.set(key, format);
  return format;
}

/** A moment as people in `timeZone` (IANA name) write it: `Nov 21, 2026`, `Nov 21, 2026, 14:05` or `14:05`. */
export function formatDateTime(value: Date, timeZone: string, style: DateTimeStyle): string {
  return formatFor(style, timeZone).format(value);
}

type DateTimeProps = {
  value: Date | string | null;
  /** The company's time zone. */
  timeZone: string;
  style?: DateTimeStyle;
  /** Stands for no moment at all. */
  none?: string;
};

/** A moment in the company's time zone, with the exact one (UTC) in the markup. */
export function DateTime({ value, timeZone, style = 'date', none }: DateTimeProps) {
  if (value === null) return none === undefined ? DASH : <>{none}</>;
  const moment = typeof value === 'string' ? new Date(value) : value;
  const text = formatDateTime(moment, timeZone, style);
  return raw(`<time datetime="${moment.toISOString()}">${text}</time>`);
}

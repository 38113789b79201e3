import { z } from 'zod';
import { EVENT_TYPES } from '../events/event-types.ts';
import { boundedArray } from '../lib/bounded-array.ts';
import { text, version } from '../lib/fields.ts';
import { ticked } from '../lib/typed.ts';
import { momentIn } from '../lib/zoned-time.ts';
import { type UrlRules, portProblem, urlProblem } from './public-url.ts';

const URL_MAX = 2048;
/** As many as a company can have; held by `webhook_place()` (db/sql/webhooks.sql). */
export const WEBHOOKS_MAX = 10;
export const TOO_MANY = `A company can have at most ${WEBHOOKS_MAX} webhooks.`;

const URL_LENGTH = `URL must be between 1 and ${URL_MAX} characters.`;
/** More than there are: types may be added, and one may be sent twice. */
const EVENTS_MAX = 100;
const SOME_EVENT = 'Choose at least one event.';

const url = text(URL_MAX, URL_LENGTH).pipe(z.string().min(1, URL_LENGTH)).meta({
  format: 'uri',
  minLength: 1,
  maxLength: URL_MAX,
  description: 'HTTPS, at a public address.',
  example: 'https://erp.example.com/hooks/distribu',
});
const events = boundedArray(z.enum(EVENT_TYPES, 'Unknown event.'), {
  min: 1,
  max: EVENTS_MAX,
  empty: SOME_EVENT,
  long: `Choose at most ${EVENTS_MAX} events.`,
})
  .transform((chosen) => EVENT_TYPES.filter((type) => chosen.includes(type)))
  .meta({
    description: 'What it is told of.',
    example: ['order.created', 'order.status_changed'],
  });
const active = z
  .boolean('Active must be true or false.')
  .meta({ description: 'Nothing is sent while it is `false`.', example: true });

/** What `POST /api/v1/webhooks` takes. */
export const WebhookInput = z
  .object({ url, events, active: active.optional() })
  .meta({ id: 'WebhookInput' });
export type WebhookInput = z.infer<typeof WebhookInput>;

/** What `PATCH /api/v1/webhooks/{id}` takes: only what is sent changes. */
export const WebhookPatch = z
  .object({
    url: url.optional(),
    events: events.optional(),
    active: active.optional().meta({
      description: 'Switching it on again forgets why it was disabled.',
      example: true,
    }),
  })
  .meta({ id: 'WebhookPatch' });
export type WebhookPatch = z.infer<typeof WebhookPatch>;

/** The form of a webhook as browsers send it, with the version it was opened on. */
export const WebhookForm = z
  .object({
    url,
    events: z.preprocess((value) => (typeof value === 'string' ? [value] : (value ?? [])), events),
    active: ticked,
    version,
  })
  .transform(({ version: seen, ...input }) => ({ version: seen, url: input.url, input }));

/** The same schema for URLs that deliveries may go to, and no others. `updateWebhook` judges the port of a changed one. */
export function withAddressRules<Out extends { url?: string | undefined }, In>(
  schema: z.ZodType<Out, In>,
  rules: UrlRules,
): z.ZodType<Out, In> {
  return judgingUrl(schema, (url) => urlProblem(url, rules));
}

/** The same for a URL that is new: its port is judged, too. */
export function withNewUrlRules<Out extends { url?: string | undefined }, In>(
  schema: z.ZodType<Out, In>,
  rules: UrlRules,
): z.ZodType<Out, In> {
  return judgingUrl(schema, (url) => urlProblem(url, rules) ?? portProblem(url, rules));
}

function judgingUrl<Out extends { url?: string | undefined }, In>(
  schema: z.ZodType<Out, In>,
  problemOf: (url: string) => string | null,
): z.ZodType<Out, In> {
  return schema.superRefine((value, context) => {
    const problem = value.url === undefined ? null : problemOf(value.url);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['url'], message: problem });
  });
}

const moment = (name: string) =>
  z.iso
    .datetime({ offset: true, error: `${name} must be a time like 2026-03-01T12:00:00Z.` })
    .transform((text) => new Date(text));

/** What `POST /api/v1/webhooks/{id}/replay` takes. */
export const ReplayInput = z
  .object({
    from: moment('from').meta({
      description: 'Events from then on.',
      example: '2026-03-01T12:00:00Z',
    }),
    to: moment('to').meta({ description: 'Events before then.', example: '2026-03-01T18:00:00Z' }),
  })
  .meta({ id: 'ReplayInput' });

const WHEN = 'Choose a date and a time.';
const typed = z.string(WHEN);

/** The same from a form, whose times are those of the time zone it was shown in. */
export const ReplayForm = z
  .object({ from: typed, to: typed, timeZone: z.string().max(100).catch('UTC') })
  .transform(({ from, to, timeZone }, context) => {
    const range = { from: momentIn(timeZone, from), to: momentIn(timeZone, to) };
    for (const [path, value] of Object.entries(range)) {
      if (value === null) context.addIssue({ code: 'custom', path: [path], message: WHEN });
    }
    if (range.from === null || range.to === null) return z.NEVER;
    if (range.from >= range.to) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'Choose a later time.' });
    }
    return { from: range.from, to: range.to };
  });

/** The button that switches a webhook on or off; it says which is meant, so it needs no version. */
export const ActiveForm = z.object({ active: z.enum(['on', 'off'], 'Choose on or off.') });

/** The version that a page showed. */
export const VersionForm = z.object({ version });

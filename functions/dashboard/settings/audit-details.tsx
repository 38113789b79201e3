import { scopeLabel } from '#src/api-keys/schema.ts';
import { sentence } from '#src/audit/actions.ts';
import type { AuditEntry } from '#src/audit/schema.ts';
import { percentFromPpm } from '#src/companies/tax-rate.ts';
import { formatMoney } from '#src/lib/money.ts';
import { type Change, Changes } from '../../views/changes.tsx';
import { formatDateTime } from '../../views/date-time.tsx';
import { fitted } from '../../views/fitted.ts';

/** How the company writes money and time. */
export type Locale = { currency: string; timeZone: string };
type Recorded = Pick<AuditEntry, 'action' | 'details'>;

// Said elsewhere in the entry.
const HIDDEN = new Set(['createdBy']);
/** Bytes for one value, and for all values of an entry: a page has fifty of them. */
const SHOWN_BYTES = 240;
const ENTRY_BYTES = 1_800;

/** What changed, before and after; of something new, what it is; of a summary, its figures. */
export function AuditDetails({ entry, locale }: { entry: Recorded; locale: Locale }) {
  const { changes, facts } = describe(entry, locale);
  const values = facts.length + 2 * changes.length;
  const room = Math.max(30, Math.min(SHOWN_BYTES, Math.floor(ENTRY_BYTES / values)));
  const shown = (text: string) => fitted(text, room);
  return (
    <>
      {facts.map(shown).join(' · ')}
      {changes.length > 0 && (
        <Changes
          changes={changes.map(({ label, before, after }) => ({
            label,
            before: before && shown(before),
            after: after && shown(after),
          }))}
        />
      )}
      {facts.length === 0 && changes.length === 0 && '—'}
    </>
  );
}

/** The same as one line of text. */
export function auditDetailsText(entry: Recorded, locale: Locale): string {
  const { changes, facts } = describe(entry, locale);
  const lines = changes.map(
    ({ label, before, after }) => `${label}: ${before ?? 'empty'} → ${after ?? 'empty'}`,
  );
  return [...facts, ...lines].join('; ');
}

function describe({ action, details }: Recorded, locale: Locale) {
  const changes: Change[] = [];
  const facts: string[] = [];
  for (const [field, value] of Object.entries(details)) {
    if (HIDDEN.has(field)) continue;
    if (field === 'imageId') {
      // Which picture says nothing to people, and the earlier one is gone.
      facts.push(isNew(action) ? 'Image chosen' : 'Image changed');
      continue;
    }
    // Of something deleted, a secret has not changed.
    if (isSecret(value) && action.endsWith('Deleted')) continue;
    const label = labelOf(field);
    if (!isChange(value)) {
      facts.push(factOf(label, field, value, action, locale));
      continue;
    }
    const before = inWords(field, value.from, locale);
    const after = inWords(field, value.to, locale);
    // Something new has no before, and neither has a moment that came to be: `Revoked: Nov 21, 2026, 14:05`.
    const isFact = isNew(action) || (before === null && field.endsWith('At'));
    if (!isFact) changes.push({ label, before, after });
    else if (after !== null) facts.push(`${label}: ${after}`);
  }
  return { changes, facts };
}

function isNew(action: string): boolean {
  return action.endsWith('Created') || action === 'CustomerRegistered';
}

function factOf(
  label: string,
  field: string,
  value: unknown,
  action: string,
  locale: Locale,
): string {
  // A secret says that it changed, and nothing else.
  if (!isSecret(value)) return `${label}: ${inWords(field, value, locale) ?? 'empty'}`;
  const isFirst = isNew(action) || action === 'CustomerContactJoined';
  return `${label} ${isFirst ? 'chosen' : 'changed'}`;
}

function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

const LABELS: Record<string, string> = {
  passwordHash: 'Password',
  slug: 'Storefront address',
  registrationOpen: 'Customers can register',
  contactPhone: 'Phone',
  apiRateLimit: 'API requests a minute',
  expiresAt: 'Expires',
  customerId: 'Customer',
  isDefault: 'Default',
  sku: 'SKU',
  url: 'URL',
  // Of addresses, as their form calls them.
  label: 'Name',
  line1: 'Address',
  line2: 'Second line',
  region: 'State or region',
};

/** `creditLimitCents` → `Credit limit`, `revokedAt` → `Revoked`. */
function labelOf(field: string): string {
  return LABELS[field] ?? sentence(field.replace(/(?:Cents|Ppm|At)$/, ''));
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const NAMED_IN_CAPITALS = new Set(['status', 'plan', 'role', 'paperSize']);

function inWords(field: string, value: unknown, { currency, timeZone }: Locale): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    if (field.endsWith('Cents')) return formatMoney(value, currency);
    return field.endsWith('Ppm') ? `${percentFromPpm(value)}%` : String(value);
  }
  if (Array.isArray(value)) {
    const items = value.map(String);
    return (field === 'scopes' ? items.map(scopeLabel) : items).join(', ') || null;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  if (NAMED_IN_CAPITALS.has(field)) return sentence(value.toLowerCase());
  return MOMENT.test(value) ? formatDateTime(new Date(value), timeZone, 'datetime') : value;
}

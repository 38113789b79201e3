import { isCalendarDay } from './calendar-day.ts';
import { storable } from './fields.ts';
import type { Query } from './list-view.ts';
import { shorten } from './shorten.ts';

/** Texts by the name of their filter in an address. */
export type FilterTexts = Readonly<Record<string, string>>;

/** Filters that people type; one that cannot be read is not applied, and is shown again with the reason. */
export interface TypedFilters {
  /** As they were typed; undefined = none is. */
  typed?: FilterTexts | undefined;
  /** Why a filter is not applied; undefined = all are. */
  problems?: FilterTexts | undefined;
}

/** Characters of a filter that a page shows again; a number that can be read is shorter. */
const TEXT_MAX = 60;

/** What was typed into the filters of these names. */
export function typedIn(query: Query, names: readonly string[]): FilterTexts | undefined {
  const typed = names.flatMap((name) => {
    const text = storable(query[name] ?? '').trim();
    return text === '' ? [] : [[name, shorten(text, TEXT_MAX)] as const];
  });
  return typed.length > 0 ? Object.fromEntries(typed) : undefined;
}

/** The problems that there are; undefined = none. */
export function problemsIn(
  problems: Readonly<Record<string, string | undefined>>,
): FilterTexts | undefined {
  const there = Object.entries(problems).filter((entry): entry is [string, string] => {
    const [, problem] = entry;
    return problem !== undefined;
  });
  return there.length > 0 ? Object.fromEntries(there) : undefined;
}

interface Days {
  /** First and last day, `YYYY-MM-DD`; undefined = there is none, or it cannot be applied. */
  from: string | undefined;
  to: string | undefined;
  problems: { from?: string; to?: string };
}

/** The days in `from` and `to`; of two in the wrong order neither is applied. */
export function readDays(query: Query): Days {
  const from = readDay(query, 'from', 'From');
  const to = readDay(query, 'to', 'To');
  const problems = {
    ...(from.problem !== undefined && { from: from.problem }),
    ...(to.problem !== undefined && { to: to.problem }),
  };
  if (from.day !== undefined && to.day !== undefined && from.day > to.day) {
    return { from: undefined, to: undefined, problems: { from: 'From is later than To.' } };
  }
  return { from: from.day, to: to.day, problems };
}

function readDay(query: Query, name: string, label: string): { day?: string; problem?: string } {
  const text = query[name]?.trim() ?? '';
  if (text === '') return {};
  if (isCalendarDay(text)) return { day: text };
  return { problem: `${label} must be a date like 2026-11-30, not “${shorten(text, TEXT_MAX)}”.` };
}

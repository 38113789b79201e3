import type { Child } from 'hono/jsx';
import type { ImportDescription } from '#src/imports/import-description.ts';

/** Where the pages of one kind of import are, and what they say; the pages themselves are the same for every kind. */
export interface ImportPages<Values extends object> {
  description: ImportDescription<Values>;
  title: string;
  /** The list the import is reached from. */
  list: { label: string; href: string };
  /** The address of the upload page, below which all others are. */
  path: string;
  templateCsv: string;
  templateName: string;
  lead: string;
  /** How it works, a paragraph each. */
  rules: Child[];
  /** What a cell may hold. */
  cells: Record<keyof Values & string, string>;
  /** The fields that tell what a new record will be, besides its key. */
  shown: (keyof Values & string)[];
  /** What to know before the import is confirmed. */
  caution: string | null;
  /** Why undoing keeps some, as in `kept because they …`. */
  keptBecause: string;
  recordHref: (id: string) => string;
}

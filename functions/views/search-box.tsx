import type { Child } from 'hono/jsx';
import { SEARCH_MAX } from '#src/lib/list-view.ts';
import { Icon } from './icon.tsx';

type SearchBoxProps = {
  /** The list's own address; filters travel in its query. */
  action: string;
  label: string;
  value?: string | undefined;
  name?: string;
  placeholder?: string;
  /** Other parts of the query to keep, such as the order. */
  hidden?: Readonly<Record<string, string | undefined>>;
  /** Selector of the region to replace while typing (needs the `htmx` script): `#customers`. */
  live?: string;
  /** Selector of one more region that depends on the search, such as the button that exports what is found. */
  alsoLive?: string;
  /** `FilterSelect`s. */
  children?: Child;
};

/** Search and filters of a list: a plain GET form, live where htmx is loaded. `/` focuses it. */
export function SearchBox(props: SearchBoxProps) {
  const {
    action,
    label,
    value,
    name = 'q',
    placeholder,
    hidden = {},
    live,
    alsoLive,
    children,
  } = props;
  const swap = live && {
    'hx-get': action,
    'hx-target': live,
    'hx-select': live,
    ...(alsoLive && { 'hx-select-oob': alsoLive }),
    // A filter that is left is sent immediately: an answer to what it said before would take its place.
    'hx-trigger': 'input delay:200ms, change target:.search-filter>input, submit',
    'hx-replace-url': 'true',
    'hx-sync': 'this:replace',
  };
  return (
    <form class="search" role="search" aria-label={label} action={action} {...swap}>
      {Object.entries(hidden).map(
        ([key, text]) => text && <input type="hidden" name={key} value={text} />,
      )}
      <span class="input-frame">
        <span class="input-before">
          <Icon name="search" />
        </span>
        <input
          class="input"
          type="search"
          name={name}
          value={value}
          placeholder={placeholder ?? ' '}
          aria-label={label}
          autocomplete="off"
          maxlength={SEARCH_MAX}
          enterkeyhint="search"
        />
        <span class="input-after needs-script">
          <kbd>/</kbd>
        </span>
      </span>
      {children}
      <button class="button button-secondary">Search</button>
    </form>
  );
}

type InlineSearchProps = {
  id: string;
  name: string;
  label: string;
  placeholder: string;
  value: string;
  autofocus?: boolean;
};

/** A search that is part of a larger form, and sends that. */
export function InlineSearch(props: InlineSearchProps) {
  const { id, name, label, placeholder, value, autofocus } = props;
  return (
    <div class="search">
      <span class="input-frame">
        <span class="input-before">
          <Icon name="search" />
        </span>
        <input
          class="input"
          id={id}
          name={name}
          value={value}
          placeholder={placeholder}
          aria-label={label}
          autocomplete="off"
          autofocus={autofocus || undefined}
          enterkeyhint="search"
        />
      </span>
      <button class="button button-secondary">Search</button>
    </div>
  );
}

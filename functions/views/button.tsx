import type { Child } from 'hono/jsx';
import { Icon, type IconName } from './icon.tsx';

type ButtonProps = {
  variant?: 'primary' | 'secondary' | 'danger' | 'ghost';
  /** With an address the button is a link; without one it submits its form. */
  href?: string;
  download?: boolean;
  icon?: IconName;
  /** Behind the text: forward, opens. */
  iconAfter?: IconName;
  /** Shows the icon alone; the children become its accessible name. */
  iconOnly?: boolean;
  type?: 'submit' | 'button';
  name?: string;
  value?: string;
  /** Submits the form with this id, from outside of it. */
  form?: string;
  formaction?: string;
  disabled?: boolean;
  /** Id of the element that says why the button is disabled. */
  describedBy?: string;
  /** Id of a `Dialog` to open, or to close; works without a script. */
  opens?: string;
  closes?: string;
  wide?: boolean;
  children: Child;
};

/** A link or a submit button; `primary` once a page. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', icon, iconOnly, children } = props;
  const square = iconOnly ? ' button-square' : '';
  const className = `button button-${variant}${square}${props.wide ? ' button-wide' : ''}`;
  const content = (
    <>
      {icon && <Icon name={icon} />}
      {iconOnly ? <span class="sr-only">{children}</span> : children}
      {props.iconAfter && <Icon name={props.iconAfter} />}
    </>
  );
  if (props.href !== undefined && !props.disabled) {
    return (
      <a class={className} href={props.href} download={props.download}>
        {content}
      </a>
    );
  }
  const dialog = props.opens ?? props.closes;
  return (
    <button
      class={className}
      type={props.type ?? (dialog || props.href !== undefined ? 'button' : 'submit')}
      name={props.name}
      value={props.value}
      form={props.form}
      formaction={props.formaction}
      disabled={props.disabled}
      aria-describedby={props.describedBy}
      command={dialog && (props.opens ? 'show-modal' : 'close')}
      commandfor={dialog}
    >
      {content}
    </button>
  );
}

/** Why the button beside it is disabled; the button names it by `describedBy`. */
export function Reason({ id, children }: { id: string; children: Child }) {
  return (
    <span class="prose" id={id}>
      {children}
    </span>
  );
}

/** A link inside text or a list. */
export function Link({
  href,
  external,
  children,
}: {
  href: string;
  external?: boolean;
  children: Child;
}) {
  return external ? (
    <a class="link" href={href} target="_blank" rel="noopener">
      {children}
    </a>
  ) : (
    <a class="link" href={href}>
      {children}
    </a>
  );
}

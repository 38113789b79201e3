import { type Child, createContext, useContext } from 'hono/jsx';
import { Notice } from './notice.tsx';

/** Messages by field name, as `z.flattenError(error).fieldErrors` gives them. */
export type FormErrors = Readonly<Record<string, readonly string[] | undefined>>;
type FormValue = string | number | boolean | null | undefined | readonly string[];
/** What was typed or is stored, by field name. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** A form that was not taken: what was typed, and what is wrong with it. */
export type RefusedForm = { values?: FormValues; errors?: FormErrors; message?: string };

type FormState = { values: FormValues; errors: FormErrors; firstError: string | undefined };

const FormContext = createContext<FormState>({ values: {}, errors: {}, firstError: undefined });

type FormProps = {
  id?: string;
  action?: string;
  method?: 'post' | 'get';
  /** Needed by a file field. */
  multipart?: boolean;
  values?: FormValues | undefined;
  errors?: FormErrors | undefined;
  /** What is wrong with the form as a whole. */
  message?: string | undefined;
  /** Sent along unseen, for instance the version the edit is based on. */
  hidden?: Readonly<Record<string, string | number>>;
  /** Warns before typed text is lost (needs the `app` script). */
  guard?: boolean;
  /**
   * Sent again and again while it is being filled in: Enter presses none of its buttons, and where htmx is loaded only
   * the form itself is replaced. With the `draft` script it is sent soon after each change. Needs an id.
   */
  keep?: 'saves' | 'undecided';
  /** As wide as the page: holds cards and columns. */
  wide?: boolean;
  children?: Child;
};

/** A form whose fields find their value and their error by name. Focus goes to the first error. */
export function Form(props: FormProps) {
  const { method = 'post', values = {}, errors = {}, message, hidden = {} } = props;
  const firstError = Object.keys(errors).find((name) => errors[name]?.length);
  const swap = props.keep && {
    'hx-post': props.action,
    'hx-target': 'this',
    'hx-select': `#${props.id}`,
    'hx-swap': 'outerMorph',
  };
  return (
    <form
      class={props.keep || props.wide ? 'form form-wide' : 'form'}
      id={props.id}
      method={method}
      action={props.action}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
      data-guard={props.guard ? '' : undefined}
      data-keep={props.keep}
      novalidate={method === 'post'}
      {...swap}
    >
      {props.keep && <button hidden></button>}
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      {message && <Notice tone="danger">{message}</Notice>}
      <FormContext.Provider value={{ values, errors, firstError }}>
        {props.children}
      </FormContext.Provider>
    </form>
  );
}

/** The row of buttons that ends a form. */
export function FormActions({ children }: { children: Child }) {
  return <div class="form-actions">{children}</div>;
}

/** What the surrounding form knows about the field called `name`. */
export function useFormField(name: string): {
  value: FormValue;
  error: string | undefined;
  autofocus: boolean;
} {
  const { values, errors, firstError } = useContext(FormContext);
  return { value: values[name], error: errors[name]?.join(' '), autofocus: firstError === name };
}

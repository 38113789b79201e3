import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import { Form } from './form.tsx';

type DialogProps = { id: string; title: string; children: Child };

/** A modal that a `Button` with `opens={id}` shows, by the browser's own means. */
function Dialog({ id, title, children }: DialogProps) {
  return (
    <dialog class="dialog" id={id} aria-labelledby={`${id}-title`} closedby="any">
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </dialog>
  );
}

type ConfirmDialogProps = {
  id: string;
  /** Names the thing: `Block Bella Cucina?` */
  title: string;
  /** What will happen. */
  children: Child;
  action: string;
  hidden?: Readonly<Record<string, string | number>>;
  /** The verb on the button: `Block customer`. */
  confirm: string;
  /** On the button that leaves everything as it is, where `Cancel` could be mistaken for the act. */
  dismiss?: string;
  danger?: boolean;
};

/** Asks before an act, and posts it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { id, title, action, hidden = {}, confirm, dismiss = 'Cancel', danger, children } = props;
  return (
    <Dialog id={id} title={title}>
      <div class="prose">{children}</div>
      <Form action={action} hidden={hidden}>
        <div class="form-actions">
          <Button type="button" closes={id}>
            {dismiss}
          </Button>
          <Button variant={danger ? 'danger' : 'primary'}>{confirm}</Button>
        </div>
      </Form>
    </Dialog>
  );
}

import type { Id } from '#db/ids.ts';
import type { Contact } from '#src/contacts/queries.ts';
import { CONTACT_ROLES, type ContactRole } from '#src/permissions.ts';
import { Badge } from '../views/badge.tsx';
import { Button } from '../views/button.tsx';
import { CheckField } from '../views/check-field.tsx';
import { CopyField } from '../views/copy-field.tsx';
import { DateTime } from '../views/date-time.tsx';
import { ConfirmDialog } from '../views/dialog.tsx';
import { Disclosure } from '../views/disclosure.tsx';
import { Email } from '../views/email.tsx';
import { Field, SelectField } from '../views/field.tsx';
import { shortName } from '../views/fitted.ts';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { Columns, Prose, Row, Stack } from '../views/layout.tsx';
import { nameOf } from '../views/name-of.ts';
import { CUSTOMER_ROLE_NAMES } from '../views/store-layout.tsx';

/** What could not be done with a contact; `version` is the one it was typed on, where that still counts. */
export type ContactEdit = RefusedForm & { id: Id<'contact'>; version?: string };

const ROLES: Record<ContactRole, string> = {
  ADMIN: 'Admin: orders and manages',
  BUYER: 'Buyer: orders',
  VIEWER: 'Viewer: only looks',
};
export const ROLE_HINT =
  'Admins also manage contacts and addresses. Viewers see products, orders and invoices, but cannot order.';
export const ROLE_OPTIONS = CONTACT_ROLES.map((value) => ({ value, label: ROLES[value] }));

type Props = {
  path: string;
  /** The query of the page's address, for what leads back to it. */
  place: string;
  contact: Contact;
  /** It is this one who is looking. */
  isMe: boolean;
  edit: ContactEdit | undefined;
  timeZone: string;
};

/** One of the customer's people, with what changes their access. */
export function ContactItem({ path, place, contact, isMe, edit, timeZone }: Props) {
  const { id, name, email, role } = contact;
  return (
    <Stack gap="tight">
      <Row between>
        <div>
          <strong>{name ?? <Email address={email} />}</strong>
          {name !== null && (
            <Prose>
              <Email address={email} />
            </Prose>
          )}
        </div>
        <Row>
          {isMe && <Badge>You</Badge>}
          <Badge>{CUSTOMER_ROLE_NAMES[role]}</Badge>
          <StateBadge contact={contact} />
        </Row>
      </Row>
      <OpenInvitation path={path} place={place} contact={contact} timeZone={timeZone} />
      <Disclosure summary={`Edit ${shortName(nameOf(contact))}`} open={edit !== undefined}>
        <EditContact path={path} place={place} contact={contact} edit={edit} />
      </Disclosure>
      <ConfirmDialog
        id={`remove-${id}`}
        title={`Remove ${shortName(nameOf(contact))}?`}
        action={`${path}/${id}/remove${place}`}
        confirm="Remove contact"
        danger
      >
        {isMe
          ? 'This is you: you are signed out at once and can no longer log in.'
          : 'They are signed out at once and can no longer log in. What they ordered stays.'}
      </ConfirmDialog>
    </Stack>
  );
}

function StateBadge({ contact: { active, pending, inviteExpired } }: { contact: Contact }) {
  if (!active) return <Badge tone="danger">Off</Badge>;
  if (inviteExpired) return <Badge tone="warning">Invitation expired</Badge>;
  return pending ? <Badge tone="info">Invited</Badge> : <Badge tone="success">Active</Badge>;
}

/** For those who have not chosen a password yet: the link, and a new one. */
function OpenInvitation({
  path,
  place,
  contact,
  timeZone,
}: Pick<Props, 'path' | 'place' | 'contact' | 'timeZone'>) {
  const { id, pending, active, inviteUrl, inviteExpired, invitedAt } = contact;
  if (!pending || !active) return null;
  return (
    <>
      {inviteUrl !== null && !inviteExpired && (
        <CopyField
          id={`invite-${id}`}
          label="Copy invite link"
          value={inviteUrl}
          hint="For this person alone: whoever opens it chooses their password."
        />
      )}
      <Row between>
        <Prose>
          Invited <DateTime value={invitedAt} timeZone={timeZone} style="datetime" />
        </Prose>
        <Form action={`${path}/${id}/resend${place}`}>
          <Button icon="refresh-cw">Re-send</Button>
        </Form>
      </Row>
    </>
  );
}

function EditContact({
  path,
  place,
  contact,
  edit,
}: Pick<Props, 'path' | 'place' | 'contact' | 'edit'>) {
  const { id, name, role, active, version } = contact;
  return (
    <Form
      action={`${path}/${id}${place}`}
      hidden={{ version: edit?.version ?? version }}
      values={edit?.values ?? { name, role, active }}
      errors={edit?.errors}
      message={edit?.message}
      guard
    >
      <Columns of={2}>
        <Field
          name="name"
          id={`name-${id}`}
          label="Name"
          autocomplete="off"
          optional
          {...(edit?.message && { autofocus: true })}
        />
        <SelectField name="role" id={`role-${id}`} label="Role" options={ROLE_OPTIONS} />
      </Columns>
      <CheckField
        name="active"
        label="May log in"
        hint="Switched off, they are signed out at once."
      />
      <FormActions>
        <Button>Save contact</Button>
        <Button opens={`remove-${id}`} icon="trash-2">
          Remove
        </Button>
      </FormActions>
    </Form>
  );
}

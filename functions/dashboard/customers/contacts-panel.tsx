import type { Id } from '#db/ids.ts';
import type { Contact } from '#src/contacts/queries.ts';
import type { Customer } from '#src/customers/queries.ts';
import { CONTACT_ROLES, type ContactRole } from '#src/permissions.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CheckField } from '../../views/check-field.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { Email } from '../../views/email.tsx';
import { Field, SelectField } from '../../views/field.tsx';
import { Form, FormActions, type FormErrors, type FormValues } from '../../views/form.tsx';
import { Columns, Prose, Row, Stack } from '../../views/layout.tsx';
import { contactsPath, nameOf } from './addresses.ts';

type Refused = { values?: FormValues; errors?: FormErrors; message?: string };
/** An invitation that could not be sent. */
export type Invitation = Refused;
/** What could not be done with a contact; `version` is the one it was typed on, where that still counts. */
export type ContactEdit = Refused & { id: Id<'contact'>; version?: string };

type Locale = { timeZone: string };
type PanelProps = {
  customer: Customer;
  contacts: Contact[];
  invitation: Invitation | undefined;
  edit: ContactEdit | undefined;
  locale: Locale;
};

const ROLES: Record<ContactRole, string> = {
  ADMIN: 'Admin: orders and manages',
  BUYER: 'Buyer: orders',
  VIEWER: 'Viewer: only looks',
};
const ROLE_HINT =
  'Admins also manage contacts and addresses. Viewers see products, orders and invoices, but cannot order.';
const ROLE_OPTIONS = CONTACT_ROLES.map((value) => ({ value, label: ROLES[value] }));

/** The customer's further people, each with a log-in of their own: edited in place. */
export function ContactsPanel({ customer, contacts, invitation, edit, locale }: PanelProps) {
  return (
    <Card
      title="Contacts"
      description="Further people who log in for this customer, each with their own password."
    >
      <Stack gap="loose">
        {contacts.length === 0 && <Prose>No contacts yet.</Prose>}
        {contacts.map((contact) => (
          <ContactItem
            customer={customer}
            contact={contact}
            edit={edit?.id === contact.id ? edit : undefined}
            locale={locale}
          />
        ))}
        <Disclosure summary="Invite a contact" open={invitation !== undefined}>
          <InviteForm customer={customer} invitation={invitation} />
        </Disclosure>
      </Stack>
    </Card>
  );
}

function InviteForm({ customer, invitation }: Pick<PanelProps, 'customer' | 'invitation'>) {
  const { values = { role: 'BUYER' }, errors, message } = invitation ?? {};
  return (
    <Form
      action={contactsPath(customer.id)}
      values={values}
      errors={errors}
      message={message}
      guard
    >
      <Columns of={2}>
        <Field
          name="email"
          id="invite-email"
          label="Email"
          type="email"
          autocomplete="off"
          hint="We mail them a link to choose a password, valid 7 days."
          required
          {...(message && { autofocus: true })}
        />
        <Field name="name" id="invite-name" label="Name" autocomplete="off" optional />
      </Columns>
      <SelectField
        name="role"
        id="invite-role"
        label="Role"
        hint={ROLE_HINT}
        options={ROLE_OPTIONS}
      />
      <FormActions>
        <Button icon="mail">Send invitation</Button>
      </FormActions>
    </Form>
  );
}

type ItemProps = {
  customer: Customer;
  contact: Contact;
  edit: ContactEdit | undefined;
  locale: Locale;
};

function ContactItem({ customer, contact, edit, locale }: ItemProps) {
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
          <Badge>{nameOfRole(role)}</Badge>
          <StateBadge contact={contact} />
        </Row>
      </Row>
      <OpenInvitation customer={customer} contact={contact} locale={locale} />
      <Disclosure summary={`Edit ${nameOf(contact)}`} open={edit !== undefined}>
        <EditContact customer={customer} contact={contact} edit={edit} />
      </Disclosure>
      <ConfirmDialog
        id={`remove-${id}`}
        title={`Remove ${nameOf(contact)}?`}
        action={`${contactsPath(customer.id)}/${id}/remove`}
        confirm="Remove contact"
        danger
      >
        They are signed out at once and can no longer log in. What they ordered stays.
      </ConfirmDialog>
    </Stack>
  );
}

/** `ADMIN` → `Admin`. */
function nameOfRole(role: ContactRole): string {
  return role.charAt(0) + role.slice(1).toLowerCase();
}

function StateBadge({ contact: { active, pending, inviteExpired } }: { contact: Contact }) {
  if (!active) return <Badge tone="danger">Off</Badge>;
  if (inviteExpired) return <Badge tone="warning">Invitation expired</Badge>;
  return pending ? <Badge tone="info">Invited</Badge> : <Badge tone="success">Active</Badge>;
}

/** For those who have not chosen a password yet: the link, and a new one. */
function OpenInvitation({ customer, contact, locale }: Omit<ItemProps, 'edit'>) {
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
          Invited <DateTime value={invitedAt} timeZone={locale.timeZone} style="datetime" />
        </Prose>
        <Form action={`${contactsPath(customer.id)}/${id}/resend`}>
          <Button icon="refresh-cw">Re-send</Button>
        </Form>
      </Row>
    </>
  );
}

function EditContact({ customer, contact, edit }: Omit<ItemProps, 'locale'>) {
  const { id, name, role, active, version } = contact;
  return (
    <Form
      action={`${contactsPath(customer.id)}/${id}`}
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

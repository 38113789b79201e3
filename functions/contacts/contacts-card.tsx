import type { Id } from '#db/ids.ts';
import type { Contact } from '#src/contacts/queries.ts';
import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Disclosure } from '../views/disclosure.tsx';
import { Field, SelectField } from '../views/field.tsx';
import { Form, FormActions, type RefusedForm } from '../views/form.tsx';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { Columns, Prose, Stack } from '../views/layout.tsx';
import { Pagination } from '../views/pagination.tsx';
import { queryHref } from '../views/query-href.ts';
import { partOf } from '../views/part-of.ts';
import { type ContactEdit, ContactItem, ROLE_HINT, ROLE_OPTIONS } from './contact-item.tsx';

/** An invitation that could not be sent. */
export type Invitation = RefusedForm;

type Props = {
  /** Where the card's forms are sent. */
  path: string;
  contacts: Contact[];
  /** Which of them is asking; null = none. */
  me: Id<'contact'> | null;
  invitation: Invitation | undefined;
  edit: ContactEdit | undefined;
  timeZone: string;
  /** Which part of many is asked for (`part` of an address), and the page's address. */
  part: number;
  home: string;
};

/** Each has a form and a dialog of its own. */
const SHOWN = 10;

/** Who else logs in for this customer: edited in place. */
export function ContactsCard({ path, contacts, me, invitation, edit, timeZone, ...props }: Props) {
  const edited = contacts.findIndex(({ id }) => id === edit?.id);
  const wanted = edited < 0 ? props.part : Math.floor(edited / SHOWN) + 1;
  const { rows, page, pages } = partOf(contacts, wanted, SHOWN);
  const place = page > 1 ? `?part=${page}` : '';
  const href = (to: number) =>
    to < 1 || to > pages ? undefined : queryHref(props.home, { part: to });
  return (
    <Card
      id="contacts"
      title="Contacts"
      description="Further people who log in for this account, each with a password of their own. They share its addresses, prices and orders."
    >
      <Stack gap="loose">
        {contacts.length === 0 && <Prose>No contacts yet.</Prose>}
        {rows.map((contact) => (
          <ContactItem
            path={path}
            place={place}
            contact={contact}
            isMe={contact.id === me}
            edit={edit?.id === contact.id ? edit : undefined}
            timeZone={timeZone}
          />
        ))}
        {pages > 1 && (
          <Pagination
            previousHref={href(page - 1)}
            nextHref={href(page + 1)}
            summary={`${formatNumber(rows.length)} of ${countOf(contacts.length, 'contact')}`}
          />
        )}
        <Disclosure summary="Invite a contact" open={invitation !== undefined}>
          <InviteForm path={path} invitation={invitation} />
        </Disclosure>
      </Stack>
    </Card>
  );
}

function InviteForm({ path, invitation }: Pick<Props, 'path' | 'invitation'>) {
  const { values = { role: 'BUYER' }, errors, message } = invitation ?? {};
  return (
    <Form action={path} values={values} errors={errors} message={message} guard>
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

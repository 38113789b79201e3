import type { Child } from 'hono/jsx';
import type { StaffViewer } from '#src/context.ts';
import type { CustomerForm } from '#src/customers/customer-form.ts';
import type { CustomerProfile } from '#src/customers/customer-profile.ts';
import type { Customer } from '#src/customers/queries.ts';
import type { ContactProblem } from '../../contacts/contact-routes.ts';
import { ContactsCard } from '../../contacts/contacts-card.tsx';
import { Button } from '../../views/button.tsx';
import { DateTime } from '../../views/date-time.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { Email } from '../../views/email.tsx';
import { Form } from '../../views/form.tsx';
import { Columns, Stack } from '../../views/layout.tsx';
import { nameOf } from '../../views/name-of.ts';
import { Notice } from '../../views/notice.tsx';
import { Page } from '../../views/page.tsx';
import { RecentChanges } from '../recent-changes.tsx';
import { contactsPath, LIST_PATH, profilePath } from './paths.ts';
import { ConflictForm, type Edit, EditForm } from './edit-form.tsx';
import { OrderFigures, OrderHistory } from './order-sections.tsx';
import { CustomPricing } from './prices/custom-pricing.tsx';
import type { RefusedPrice } from './prices/price-table.tsx';
import { ShippingAddresses } from './shipping-addresses.tsx';
import { StatusBadge } from './status-badge.tsx';
import { TrustCard } from './trust-card.tsx';

type Locale = Pick<StaffViewer, 'currency' | 'timeZone'>;

/** What could not be done, where on the page it was tried. */
export type ProfileProblem = ContactProblem & { edit?: Edit; price?: RefusedPrice };
type ProfileProps = {
  profile: CustomerProfile;
  problem: ProfileProblem;
  locale: Locale;
  /** Which part of many contacts is asked for. */
  contactsPart: number;
};

/** Everything about one customer. */
export function Profile({ profile, problem, locale, contactsPart }: ProfileProps) {
  const { customer, ordered, changes, contacts, addresses } = profile;
  return (
    <Frame customer={customer} locale={locale} actions={<StatusToggle customer={customer} />}>
      <OrderFigures customer={customer} ordered={ordered} currency={locale.currency} />
      <Columns of="main">
        <Stack>
          <TrustCard customer={customer} trust={profile.trust} />
          <EditForm customer={customer} currency={locale.currency} edit={problem.edit} />
          <CustomPricing profile={profile} currency={locale.currency} refused={problem.price} />
          <ContactsCard
            path={contactsPath(customer.id)}
            contacts={contacts}
            me={null}
            invitation={problem.invitation}
            edit={problem.contact}
            timeZone={locale.timeZone}
            part={contactsPart}
            home={profilePath(customer.id)}
          />
          <ShippingAddresses addresses={addresses} />
          <OrderHistory profile={profile} timeZone={locale.timeZone} />
        </Stack>
        {changes && <RecentChanges of={customer.id} changes={changes} locale={locale} />}
      </Columns>
    </Frame>
  );
}

type ConflictProps = { current: Customer; patch: CustomerForm['patch']; locale: Locale };

/** Somebody else saved the customer while this edit was being typed. */
export function Conflict({ current, patch, locale }: ConflictProps) {
  return (
    <Frame customer={current} locale={locale}>
      <Notice tone="warning" title="Somebody else has changed this customer meanwhile">
        Nothing of yours is saved yet, and nothing is lost: compare, and decide which to keep.
      </Notice>
      <ConflictForm customer={current} currency={locale.currency} patch={patch} />
    </Frame>
  );
}

type FrameProps = { customer: Customer; locale: Locale; actions?: Child; children: Child };

function Frame({ customer, locale, actions, children }: FrameProps) {
  const { name, email, status, createdAt } = customer;
  return (
    <Page
      title={nameOf(customer)}
      status={<StatusBadge status={status} />}
      lead={
        <>
          {name !== null && (
            <>
              <Email address={email} /> ·{' '}
            </>
          )}
          Joined <DateTime value={createdAt} timeZone={locale.timeZone} />
        </>
      }
      breadcrumbs={[{ label: 'Customers', href: LIST_PATH }]}
      actions={actions}
    >
      {children}
    </Page>
  );
}

function StatusToggle({ customer }: { customer: Customer }) {
  const action = `${profilePath(customer.id)}/status`;
  if (customer.status === 'BLOCKED') {
    return (
      <Form action={action} hidden={{ status: 'ACTIVE' }}>
        <Button icon="check">Activate</Button>
      </Form>
    );
  }
  return (
    <>
      <Button opens="block" icon="ban">
        Block
      </Button>
      <ConfirmDialog
        id="block"
        title={`Block ${nameOf(customer)}?`}
        action={action}
        hidden={{ status: 'BLOCKED' }}
        confirm="Block customer"
        danger
      >
        They are signed out at once, and can neither log in nor order until you activate them again.
        Their orders and everything else about them stay.
      </ConfirmDialog>
    </>
  );
}

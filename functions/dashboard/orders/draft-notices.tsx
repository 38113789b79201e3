import type { StaffViewer } from '#src/context.ts';
import type { Customer } from '#src/customers/queries.ts';
import type { OpenedOrder } from '#src/orders/new-order.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import type { SavedDraft } from '#src/orders/saved-draft.ts';
import { Button } from '../../views/button.tsx';
import { formatDateTime } from '../../views/date-time.tsx';
import { ConfirmDialog } from '../../views/dialog.tsx';
import { shortName } from '../../views/fitted.ts';
import { Row } from '../../views/layout.tsx';
import { nameOf } from '../../views/name-of.ts';
import { Notice } from '../../views/notice.tsx';
import { DISCARD_DRAFT_PATH, NEW_ORDER_PATH } from './paths.ts';

const START_OVER = 'start-over';
const START_FOR = 'start-for';

/** Asks before the draft is discarded. */
export function StartOver() {
  return <Button opens={START_OVER}>Start over</Button>;
}

type OpenedNoticeProps = Pick<OpenedOrder, 'savedAt' | 'wanted'> & {
  draft: OrderDraft;
  locale: Pick<StaffViewer, 'timeZone'>;
  now: Date;
};

/** Says that this is the order of before, to a person who may have expected an empty one. */
export function OpenedNotice({ savedAt, wanted, draft, locale, now }: OpenedNoticeProps) {
  if (savedAt === null) return null;
  const other = wanted !== null && wanted.id !== draft.customerId ? wanted : null;
  return (
    <Notice tone="info">
      <Row>
        <span>Your unfinished order from {momentOf(savedAt, now, locale.timeZone)}.</span>
        {other && (
          <Button opens={START_FOR}>Start a new order for {shortName(nameOf(other))}</Button>
        )}
      </Row>
    </Notice>
  );
}

/** `12:03`, or with its day where that is not today. */
function momentOf(moment: Date, now: Date, timeZone: string): string {
  const [day, today] = [moment, now].map((date) => formatDateTime(date, timeZone, 'date'));
  return formatDateTime(moment, timeZone, day === today ? 'time' : 'datetime');
}

const WHY = {
  changed:
    'This order was changed in another tab. What you typed here is below; saving replaces the other.',
  placed:
    'This order was placed in another tab. What you typed here is below; saving starts a new order.',
} satisfies Record<Exclude<SavedDraft['outcome'], 'saved'>, string>;

/** Two tabs have typed one order: both are kept until the person decides. */
export function Undecided({ why }: { why: keyof typeof WHY }) {
  return (
    <Notice tone="warning">
      <p>{WHY[why]}</p>
      <Row>
        <Button>Save what is below</Button>
        <Button href={NEW_ORDER_PATH} variant="ghost">
          {why === 'changed' ? 'Open the other' : 'Discard what is below'}
        </Button>
      </Row>
    </Notice>
  );
}

/** The questions that the page's buttons open. They stand outside its form, as each has a form of its own. */
export function DraftDialogs({ wanted }: { wanted: Customer | null }) {
  return (
    <>
      <ConfirmDialog
        id={START_OVER}
        title="Start over?"
        action={DISCARD_DRAFT_PATH}
        confirm="Discard and start over"
        danger
      >
        The order you are typing is discarded. This can’t be undone.
      </ConfirmDialog>
      {wanted && (
        <ConfirmDialog
          id={START_FOR}
          title={`Start a new order for ${shortName(nameOf(wanted))}?`}
          action={DISCARD_DRAFT_PATH}
          hidden={{ customer: wanted.id }}
          confirm="Discard and start over"
          danger
        >
          Your unfinished order is discarded. This can’t be undone.
        </ConfirmDialog>
      )}
    </>
  );
}

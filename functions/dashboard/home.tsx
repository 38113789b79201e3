import { Hono } from 'hono';
import { PLANS } from '#src/billing/plans.ts';
import { type DashboardHome, getDashboardHome } from '#src/companies/dashboard-home.ts';
import type { FirstSteps } from '#src/companies/queries.ts';
import { type StaffViewer, staffOf } from '#src/context.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import type { AppEnv } from '../app-env.ts';
import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Checklist } from '../views/checklist.tsx';
import { CopyField } from '../views/copy-field.tsx';
import { Columns, Stack } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { Meter } from '../views/progress.tsx';
import { Stat, Stats } from '../views/stat.tsx';
import { dashboardPage } from './dashboard-page.tsx';
import { firstSteps } from './home/first-steps.ts';
import { LowStock } from './home/low-stock.tsx';
import { RecentActivity } from './home/recent-activity.tsx';
import { RecentOrders } from './home/recent-orders.tsx';
import { SalesChart, SalesFigures } from './home/sales.tsx';
import { storefrontUrl } from './storefront-url.ts';

export const home = new Hono<AppEnv>().get('/', async (c) => {
  const { ctx } = c.var;
  const shown = await getDashboardHome(ctx);
  const staff = staffOf(ctx);
  return dashboardPage(
    c,
    { title: 'Home' },
    <Home shown={shown} staff={staff} storefront={storefrontUrl(ctx, staff.companySlug)} />,
  );
});

type HomeProps = { shown: DashboardHome; staff: StaffViewer; storefront: string };

function Home({ shown, staff, storefront }: HomeProps) {
  const { steps, days, low, recent, changes } = shown;
  const { currency, timeZone } = staff;
  const todo = firstSteps(steps, staff);
  const left = todo.filter(({ done }) => !done).length;
  return (
    <Page title="Home" lead={`Welcome, ${staff.userName}.`}>
      {left > 0 && (
        <Card
          title="First steps"
          description={`${todo.length - left} of ${todo.length} done.`}
          flush
        >
          <Checklist items={todo} />
        </Card>
      )}
      <SalesFigures days={days} currency={currency} />
      <SalesChart days={days} currency={currency} />
      <Columns of="main">
        <Stack>
          <RecentOrders orders={recent} timeZone={timeZone} />
          {changes && <RecentActivity changes={changes} locale={staff} />}
        </Stack>
        <Stack>
          <LowStock products={low} />
          <Card
            title="Storefront"
            description={
              steps.registrationOpen
                ? 'Where your customers register and log in.'
                : 'Where your customers log in. Registration is closed.'
            }
          >
            <CopyField
              id="storefront-link"
              label="Link"
              value={storefront}
              hint="Send it to your customers, or put it on your website."
            />
          </Card>
          <Card
            title="Customers"
            description={`${PLANS[staff.plan].name} plan`}
            actions={<Button href="/dashboard/customers">View customers</Button>}
          >
            <Customers {...steps} />
          </Card>
        </Stack>
      </Columns>
    </Page>
  );
}

function Customers({ customers, maxCustomers }: FirstSteps) {
  if (maxCustomers === null) {
    return (
      <Stats>
        <Stat label="Customers" note="Your plan has no limit.">
          {formatNumber(customers)}
        </Stat>
      </Stats>
    );
  }
  const left = Math.max(0, maxCustomers - customers);
  return (
    <Stack gap="tight">
      <Meter
        label="Customers"
        value={customers}
        max={maxCustomers}
        note={`${formatNumber(customers)} of ${formatNumber(maxCustomers)}`}
      />
      {left === 0 ? 'The plan is full.' : `Room for ${formatNumber(left)} more.`}
    </Stack>
  );
}

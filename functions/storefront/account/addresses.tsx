import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import type { Address } from '#src/addresses/queries.ts';
import { deleteAddress } from '#src/addresses/delete-address.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { AddressInput } from '#src/addresses/schema.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { customerRoleMay } from '#src/permissions.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { partWanted } from '../../part-wanted.ts';
import { parseForm } from '../../parse-form.ts';
import { Card } from '../../views/card.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { formatNumber } from '#src/lib/format-number.ts';
import { Prose, Stack } from '../../views/layout.tsx';
import { Pagination } from '../../views/pagination.tsx';
import { partOf } from '../../views/part-of.ts';
import { queryHref } from '../../views/query-href.ts';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';
import { AddressForm } from './address-form.tsx';
import { AddressItem } from './address-item.tsx';
import type { RefusedForm } from '../../views/form.tsx';

const PAGE = '/account/addresses';
/** Each has a form that holds it whole. */
const SHOWN = 15;

export const addresses = new Hono<AppEnv>()
  .get('/:slug/account/addresses', (c) => show(c))
  .post('/:slug/account/addresses', async (c) => {
    const form = await parseForm(c, AddressInput);
    if (!form.ok) return show(c, { ...form, id: null });
    await saveAddress(c.var.ctx, null, form.data);
    return done(c, `“${form.data.label}” is added.`);
  })
  .post('/:slug/account/addresses/:address', async (c) => {
    const id = idFrom('address', c.req.param('address'));
    const form = await parseForm(c, AddressInput);
    if (!form.ok) return show(c, { ...form, id });
    await saveAddress(c.var.ctx, id, form.data);
    return done(c, `“${form.data.label}” is saved.`);
  })
  .post('/:slug/account/addresses/:address/delete', async (c) => {
    await deleteAddress(c.var.ctx, idFrom('address', c.req.param('address')));
    return done(c, 'The address is deleted.');
  });

function done(c: Context<AppEnv>, text: string): Response {
  setFlash(c, { tone: 'success', text });
  const path = storePath(customerOf(c.var.ctx), PAGE);
  return c.redirect(queryHref(path, { part: partWanted(c) }), 303);
}

/** An address that could not be saved; null = a new one. */
type Edit = RefusedForm & { id: Id<'address'> | null };

async function show(c: Context<AppEnv>, edit?: Edit): Promise<Response> {
  const { addresses: rows } = await getAccountPage(c.var.ctx);
  const me = customerOf(c.var.ctx);
  const mayEdit = customerRoleMay(me.role, 'addresses:write');
  if (edit && !mayEdit) throw new AppError('forbidden', 'Your role does not allow this.');
  if (edit?.id && !rows.some(({ id }) => id === edit.id)) {
    throw new AppError('not_found', 'Address not found.');
  }
  return accountPage(
    c,
    { tab: 'Addresses', status: edit ? 422 : 200 },
    <Addresses
      path={storePath(me, PAGE)}
      rows={rows}
      part={partWanted(c) ?? 1}
      mayEdit={mayEdit}
      edit={edit}
    />,
  );
}

type Props = {
  path: string;
  rows: Address[];
  part: number;
  mayEdit: boolean;
  edit: Edit | undefined;
};

function Addresses({ path, rows, part, mayEdit, edit }: Props) {
  const edited = rows.findIndex(({ id }) => id === edit?.id);
  const wanted = edited < 0 ? part : Math.floor(edited / SHOWN) + 1;
  const { rows: shown, page, pages } = partOf(rows, wanted, SHOWN);
  const href = (to: number) => (to < 1 || to > pages ? undefined : queryHref(path, { part: to }));
  const added = edit?.id === null ? edit : undefined;
  return (
    <Card
      title="Addresses"
      description="Where orders go: the default one, unless you say otherwise."
    >
      <Stack gap="loose">
        {rows.length === 0 && <Prose>No addresses yet.</Prose>}
        {shown.map((address) => (
          <AddressItem
            path={path}
            place={page > 1 ? `?part=${page}` : ''}
            address={address}
            mayEdit={mayEdit}
            edit={edit?.id === address.id ? edit : undefined}
          />
        ))}
        {pages > 1 && (
          <Pagination
            previousHref={href(page - 1)}
            nextHref={href(page + 1)}
            summary={`${formatNumber(shown.length)} of ${formatNumber(rows.length)} addresses`}
          />
        )}
        {mayEdit && (
          <Disclosure summary="Add an address" open={rows.length === 0 || added !== undefined}>
            <AddressForm
              id="new"
              action={path}
              button="Add address"
              values={added?.values ?? {}}
              errors={added?.errors ?? {}}
            />
          </Disclosure>
        )}
      </Stack>
    </Card>
  );
}

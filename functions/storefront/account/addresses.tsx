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
import { parseForm } from '../../parse-form.ts';
import { Card } from '../../views/card.tsx';
import { Disclosure } from '../../views/disclosure.tsx';
import { Prose, Stack } from '../../views/layout.tsx';
import { storePath } from '../store-path.ts';
import { accountPage } from './account-page.tsx';
import { AddressForm } from './address-form.tsx';
import { AddressItem } from './address-item.tsx';
import type { RefusedForm } from '../../views/form.tsx';

const PAGE = '/account/addresses';

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
  return c.redirect(storePath(customerOf(c.var.ctx), PAGE), 303);
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
    <Addresses path={storePath(me, PAGE)} rows={rows} mayEdit={mayEdit} edit={edit} />,
  );
}

type Props = { path: string; rows: Address[]; mayEdit: boolean; edit: Edit | undefined };

function Addresses({ path, rows, mayEdit, edit }: Props) {
  const added = edit?.id === null ? edit : undefined;
  return (
    <Card
      title="Addresses"
      description="Where orders go: the default one, unless you say otherwise."
    >
      <Stack gap="loose">
        {rows.length === 0 && <Prose>No addresses yet.</Prose>}
        {rows.map((address) => (
          <AddressItem
            path={path}
            address={address}
            mayEdit={mayEdit}
            edit={edit?.id === address.id ? edit : undefined}
          />
        ))}
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

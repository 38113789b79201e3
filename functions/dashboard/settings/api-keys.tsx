import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Id, idFrom, isId, newId } from '#db/ids.ts';
import { createApiKey } from '#src/api-keys/create-api-key.ts';
import { type ApiKeys, listApiKeys } from '#src/api-keys/queries.ts';
import { revokeApiKey } from '#src/api-keys/revoke-api-key.ts';
import { ApiKeyInput } from '#src/api-keys/schema.ts';
import { staffOf } from '#src/context.ts';
import { countOf } from '#src/lib/format-number.ts';
import { confirmPassword } from '../../accounts/confirm-password.tsx';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { formBody } from '../../form-body.ts';
import { partWanted } from '../../part-wanted.ts';
import { parseForm } from '../../parse-form.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import type { RefusedForm } from '../../views/form.tsx';
import { Stack } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { ApiKeyForm } from './api-key-form.tsx';
import { ApiKeyList } from './api-key-list.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/api-keys';

export const apiKeys = new Hono<AppEnv>()
  .get('/settings/api-keys', async (c) => show(c, await listApiKeys(c.var.ctx)))
  .post('/settings/api-keys', async (c) => {
    const { ctx } = c.var;
    const form = await parseForm(c, ApiKeyInput);
    const id = await formKey(c);
    const { values } = form;
    if (!form.ok) return show(c, await listApiKeys(ctx), { id, values, errors: form.errors }, 422);
    const asked = await confirmPassword(c, 'api_keys:write');
    if (!asked.ok) {
      return show(c, await listApiKeys(ctx), { id, values, ...asked.refused }, asked.status);
    }
    const result = await createApiKey(ctx, id, form.data, asked.confirmation);
    if (result.ok) return showAbove(c, result.list, <NewKey {...result} />);
    switch (result.reason) {
      case 'already_created':
        return showAbove(c, result.list, <AlreadyCreated name={result.name} />, 409);
      case 'too_many':
        return show(c, result.list, { id, values }, 422);
      case 'expiry_past': {
        const errors = { expiresOn: ['Choose today or a later day.'] };
        return show(c, result.list, { id, values, errors }, 422);
      }
    }
  })
  .post('/settings/api-keys/:id/revoke', async (c) => {
    const { name } = await revokeApiKey(c.var.ctx, idFrom('apiKey', c.req.param('id')));
    setFlash(c, { tone: 'success', text: `“${name}” is revoked. Requests with it are refused.` });
    return c.redirect(PATH, 303);
  });

/** The id a form carries for the key it creates; a form without one creates a key of its own. */
async function formKey(c: Context<AppEnv>): Promise<Id<'apiKey'>> {
  const { id } = await formBody(c);
  return typeof id === 'string' && isId('apiKey', id) ? id : newId('apiKey');
}

/** The keys, and below them the form for another, perhaps with what could not be taken. */
function show(
  c: Context<AppEnv>,
  list: ApiKeys,
  problem: RefusedForm & { id?: Id<'apiKey'> } = {},
  status: 200 | 422 | 429 = 200,
) {
  const { confirmed } = staffOf(c.var.ctx);
  const below =
    list.active < list.most ? (
      <ApiKeyForm action={PATH} confirmed={confirmed} {...problem} />
    ) : (
      <NoMoreKeys {...list} />
    );
  return page(c, status, list, { below });
}

/** The keys, and above them what has become of the newest. */
function showAbove(c: Context<AppEnv>, list: ApiKeys, above: Child, status: 200 | 409 = 200) {
  return page(c, status, list, { above });
}

function page(
  c: Context<AppEnv>,
  status: 200 | 409 | 422 | 429,
  { keys }: ApiKeys,
  { above, below }: { above?: Child; below?: Child },
) {
  const { now } = c.var.ctx;
  const { timeZone } = staffOf(c.var.ctx);
  return settingsPage(
    c,
    { title: 'API keys', status },
    <Stack>
      {above}
      <ApiKeyList path={PATH} keys={keys} part={partWanted(c) ?? 1} now={now} timeZone={timeZone} />
      {below}
    </Stack>,
  );
}

function NoMoreKeys({ active, most }: ApiKeys) {
  return (
    <Card title="Create an API key">
      <Notice tone="warning" title="No more keys can be created">
        {`A company can have ${countOf(most, 'active API key')}, and this one has ${active}. Revoke one that is not needed to create another.`}
      </Notice>
    </Card>
  );
}

function NewKey({ name, key }: { name: string; key: string }) {
  return (
    <Card title={`“${name}” is created`}>
      <Stack>
        <Notice tone="warning" title="Copy the key now">
          It is shown this once and cannot be shown again.
        </Notice>
        <CopyField
          id="new-key"
          label="API key"
          value={key}
          hint="Send it as “Authorization: Bearer” and the key."
        />
        <AnotherKey label="I have copied it" />
      </Stack>
    </Card>
  );
}

function AlreadyCreated({ name }: { name: string }) {
  return (
    <Card title={`“${name}” was already created`}>
      <Stack>
        <Notice tone="warning">
          The key is shown only once. If you have lost it, revoke it below and create another.
        </Notice>
        <AnotherKey label="Create another key" />
      </Stack>
    </Card>
  );
}

function AnotherKey({ label }: { label: string }) {
  return (
    <div>
      <Button href={PATH}>{label}</Button>
    </div>
  );
}

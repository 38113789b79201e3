import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Id, idFrom, isId, newId } from '#db/ids.ts';
import { createApiKey } from '#src/api-keys/create-api-key.ts';
import { type ApiKey, listApiKeys } from '#src/api-keys/queries.ts';
import { revokeApiKey } from '#src/api-keys/revoke-api-key.ts';
import { ApiKeyInput } from '#src/api-keys/schema.ts';
import { staffOf } from '#src/context.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { formBody } from '../../form-body.ts';
import { parseForm } from '../../parse-form.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { CopyField } from '../../views/copy-field.tsx';
import { Stack } from '../../views/layout.tsx';
import { Notice } from '../../views/notice.tsx';
import { ApiKeyForm } from './api-key-form.tsx';
import { ApiKeyList } from './api-key-list.tsx';
import { settingsPage } from './settings-page.tsx';

const PATH = '/dashboard/settings/api-keys';

export const apiKeys = new Hono<AppEnv>()
  .get('/settings/api-keys', async (c) =>
    show(c, await listApiKeys(c.var.ctx), { below: <ApiKeyForm action={PATH} /> }),
  )
  .post('/settings/api-keys', async (c) => {
    const form = await parseForm(c, ApiKeyInput);
    const id = await formKey(c);
    if (!form.ok) {
      const below = <ApiKeyForm action={PATH} id={id} values={form.values} errors={form.errors} />;
      return show(c, await listApiKeys(c.var.ctx), { below, status: 422 });
    }
    const result = await createApiKey(c.var.ctx, id, form.data);
    if (result.ok) return show(c, result.keys, { above: <NewKey {...result} /> });
    if (result.reason === 'already_created') {
      return show(c, result.keys, { above: <AlreadyCreated name={result.name} />, status: 409 });
    }
    const errors = { expiresOn: ['Choose today or a later day.'] };
    const below = <ApiKeyForm action={PATH} id={id} values={form.data} errors={errors} />;
    return show(c, result.keys, { below, status: 422 });
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

type Around = { above?: Child; below?: Child; status?: 200 | 409 | 422 };

function show(c: Context<AppEnv>, keys: ApiKey[], { above, below, status = 200 }: Around) {
  const { now } = c.var.ctx;
  const { timeZone } = staffOf(c.var.ctx);
  return settingsPage(
    c,
    { title: 'API keys', status },
    <Stack>
      {above}
      <ApiKeyList path={PATH} keys={keys} now={now} timeZone={timeZone} />
      {below}
    </Stack>,
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

import type pg from 'pg';
import { inject } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';

type Batch = { queries: { query: string; params: unknown[] }[] };
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}
export interface Plan {
  query: string;
  root: PlanNode;
}

/** What `plansOf` asks on: the run's database, or an embedded one. */
export interface Explainer {
  client: pg.Client;
  begin: string;
}

export async function explainer(embedded?: { ownerUrl: string }): Promise<Explainer> {
  const client = await connectOwner(embedded?.ownerUrl ?? inject('ownerUrl'));
  await client.query(EXPLAIN);
  // The embedded database's one session does not come back from another authorization.
  if (embedded) return { client, begin: 'begin; set local role distribu_app' };
  await client.query('set session authorization distribu_app');
  return { client, begin: 'begin' };
}

/**
 * The plans of every statement a request's work sends to the database, those inside functions and triggers too. Each
 * batch, as it is on the wire, is first run as the app's own role with row-level security on, and rolled back; then it
 * goes its way.
 * @param given where to ask; its own connection when left out
 */
export async function plansOf(work: () => Promise<unknown>, given?: Explainer): Promise<Plan[]> {
  const { client, begin } = given ?? (await explainer());
  const plans: Plan[] = [];
  let noted: Plan[] = [];
  const note = ({ message = '' }: { message?: string | undefined }) => {
    const [, json] = /plan:\n([^]*)/.exec(message) ?? [];
    if (!json) return;
    const { 'Query Text': query, Plan: root } = JSON.parse(json) as {
      'Query Text': string;
      Plan: PlanNode;
    };
    noted.push({ query, root });
  };
  client.on('notice', note);
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const batch = JSON.parse(init?.body as string) as Batch;
    // Once for the session's own caches, which a pooled connection has warm, and once to look at.
    await replay(client, begin, batch);
    noted = [];
    await replay(client, begin, batch);
    plans.push(...noted);
    return realFetch(input, init);
  };
  try {
    await work();
  } finally {
    globalThis.fetch = realFetch;
    client.off('notice', note);
    if (!given) await client.end();
  }
  return plans;
}

async function replay(client: pg.Client, begin: string, { queries }: Batch): Promise<void> {
  await client.query(begin);
  for (const { query, params } of queries) await client.query(query, params);
  await client.query('rollback');
}

const EXPLAIN = `
  load 'auto_explain';
  set auto_explain.log_min_duration = 0;
  set auto_explain.log_nested_statements = on;
  set auto_explain.log_analyze = on;
  set auto_explain.log_timing = off;
  set auto_explain.log_buffers = on;
  set auto_explain.log_format = json;
  set auto_explain.log_level = notice`;

function nodes(root: PlanNode): PlanNode[] {
  return [root, ...(root.Plans ?? []).flatMap(nodes)];
}

/** Pages of memory or disk all the statements touched. */
export function buffers(plans: Plan[]): number {
  return plans.reduce(
    (sum, { root }) => sum + root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    0,
  );
}

/** Rows that were taken up anywhere in the plans, also those that a filter or a join dropped: what the statements' CPU goes by. */
export function rows(plans: Plan[]): number {
  const taken = (node: PlanNode) =>
    node['Actual Loops'] *
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Join Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0));
  return plans.reduce(
    (sum, { root }) => sum + nodes(root).reduce((all, node) => all + taken(node), 0),
    0,
  );
}

/** Tables that were read from end to end. */
export function scanned(plans: Plan[]): string[] {
  return plans.flatMap(({ query, root }) =>
    nodes(root)
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => `${node['Relation Name']} in ${query.slice(0, 200)}`),
  );
}

export function indexes(plans: Plan[]): Set<string> {
  return new Set(plans.flatMap(({ root }) => nodes(root).map((node) => node['Index Name'] ?? '')));
}

/** Enough other companies, people, sessions and keys that reading all of them would be wrong. */
export const LOAD_OTHERS = `
  insert into companies (id, name, slug) select 'com_other' || n, 'Other ' || n, 'other-' || n from generate_series(1, 5000) as n;
  insert into former_slugs (slug, company_id) select 'former-' || n, 'com_other' || n from generate_series(1, 5000) as n;
  insert into plan_usage (company_id) select 'com_other' || n from generate_series(1, 5000) as n;
  insert into users (id, email, name, password_hash)
    select 'usr_other' || n, 'user' || n || '@other.test', 'User ' || n, '' from generate_series(1, 5000) as n;
  insert into memberships (company_id, user_id, role) select 'com_other' || n, 'usr_other' || n, 'OWNER' from generate_series(1, 5000) as n;
  insert into staff_sessions (id, user_id, company_id, user_agent, expires_at)
    select 'ses_other' || n, 'usr_other' || n, 'com_other' || n, '', now() + interval '1 day' from generate_series(1, 5000) as n;
  insert into api_keys (id, company_id, name, prefix, hash, scopes, created_by)
    select 'key_other' || n, 'com_other' || n, '', '', 'hash' || n, '{}', 'usr_other' || n from generate_series(1, 5000) as n;
  insert into imports (id, company_id, kind, state, file_name, started_by, started_by_name, kept_until)
    select 'imp_other' || n, 'com_other' || n, 'customers', 'done', '', 'usr_other' || n, '', now() + interval '9 days'
    from generate_series(1, 20000) as m, lateral (select m % 5000 + 1 as n) as k
    on conflict do nothing;
  insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction, created_at)
    select 'com_other' || n % 5000 + 1, 'evt_other' || n, 'product.updated', 'prd_other' || n, '{}', 'USER', n,
      now() - n * interval '1 minute'
    from generate_series(1, 20000) as n;
  insert into webhooks (company_id, id, url, events, secret)
    select 'com_other' || n, 'whk_other' || n, 'https://erp.test/hook', '{invoice.paid}', 'whsec_'
    from generate_series(1, 5000) as n;
  alter table outbox disable trigger user;
  insert into outbox (id, recipient, template, data, state)
    select 'msg_other' || n, 'a@b.test', 'reset_password', '{}', 'sent' from generate_series(1, 20000) as n;`;

import type pg from 'pg';
import { inject } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';

type Batch = { queries: { query: string; params: unknown[] }[] };
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}
export interface Plan {
  query: string;
  root: PlanNode;
}

/**
 * The plans of every statement a request's work sends to the database, those inside functions and triggers too. Each
 * batch, as it is on the wire, is first run as the app's own role with row-level security on, and rolled back; then it
 * goes its way.
 */
export async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const client = await connectOwner(inject('ownerUrl'));
  const plans: Plan[] = [];
  let noted: Plan[] = [];
  client.on('notice', ({ message = '' }) => {
    const [, json] = /plan:\n([^]*)/.exec(message) ?? [];
    if (!json) return;
    const { 'Query Text': query, Plan: root } = JSON.parse(json) as {
      'Query Text': string;
      Plan: PlanNode;
    };
    noted.push({ query, root });
  });
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const batch = JSON.parse(init?.body as string) as Batch;
    // Once for the session's own caches, which a pooled connection has warm, and once to look at.
    await replay(client, batch);
    noted = [];
    await replay(client, batch);
    plans.push(...noted);
    return realFetch(input, init);
  };
  try {
    await explainEverything(client);
    await work();
  } finally {
    globalThis.fetch = realFetch;
    await client.end();
  }
  return plans;
}

async function replay(client: pg.Client, { queries }: Batch): Promise<void> {
  await client.query('begin');
  for (const { query, params } of queries) await client.query(query, params);
  await client.query('rollback');
}

async function explainEverything(client: pg.Client): Promise<void> {
  await client.query(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_analyze = on;
    set auto_explain.log_timing = off;
    set auto_explain.log_buffers = on;
    set auto_explain.log_format = json;
    set auto_explain.log_level = notice;
    set session authorization distribu_app`);
}

export function nodes(root: PlanNode): PlanNode[] {
  return [root, ...(root.Plans ?? []).flatMap(nodes)];
}

/** Pages of memory or disk all the statements touched. */
export function buffers(plans: Plan[]): number {
  return plans.reduce(
    (sum, { root }) => sum + root['Shared Hit Blocks'] + root['Shared Read Blocks'],
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

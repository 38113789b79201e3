import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { expect, inject } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { parseKeys, signToken } from '#src/lib/tokens.ts';
import { bundleWorker } from '../../bench/bundle.ts';
import { type RunningWorker, serve } from '../../bench/workerd.ts';
import { proven, registered } from '../storefront.ts';

/** What every product of these tests costs, in cents. */
export const PRICE = 1000;
const KEYS = 'shop:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE';

export type Line = { productId: Id<'product'>; quantity: number };

/** What became of an order that was sent until somebody said so; `text` is the page of a refusal. */
export type Outcome = { placed: boolean; text: string; tries: number };

/** The Worker as it is deployed, on bare workerd and a real PostgreSQL, seen by people who order and by the database's owner. */
export class Shop {
  readonly worker: RunningWorker;
  readonly owner: Client;

  private constructor(worker: RunningWorker, owner: Client) {
    this.worker = worker;
    this.owner = owner;
  }

  static async open(): Promise<Shop> {
    const vars = {
      SESSION_KEYS: KEYS,
      DATABASE_URL: inject('databaseUrl'),
      DEV: '',
      LOGIN_LIMITS: '',
      MAIL_PROVIDER: 'outbox',
      MAIL_FROM: '',
      MAIL_API_URL: '',
      MAIL_API_KEY: '',
      DNS_URL: 'http://127.0.0.1:9/dns-query',
    };
    // Every lost answer is an error it logs.
    const worker = await serve(await bundleWorker(), vars, 'ignore');
    return new Shop(worker, await connectOwner(inject('ownerUrl')));
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.owner.end();
  }

  /** The Cookie headers of so many customers, whose email is confirmed. */
  people(company: CompanyFixture, count: number): Promise<string[]> {
    return Promise.all(
      Array.from({ length: count }, async () => cookieOf(company, (await proven(company)).session)),
    );
  }

  /** The Cookie header of a customer whose email is not confirmed. */
  async unproven(company: CompanyFixture): Promise<string> {
    return cookieOf(company, (await registered(company)).session);
  }

  /** A form of the store; `unknown` when nobody answers, or with an accident. */
  async post(
    company: CompanyFixture,
    cookie: string,
    path: string,
    fields: [string, string][] = [],
  ): Promise<{ status: number; text: string } | 'unknown'> {
    try {
      const response = await fetch(`${this.worker.url}/store/${company.slug}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
        body: new URLSearchParams(fields),
      });
      const text = await response.text();
      return response.status >= 500 ? 'unknown' : { status: response.status, text };
    } catch {
      return 'unknown';
    }
  }

  /** Sends the checkout's form until somebody says what became of it, as a person would who presses again. */
  async order(
    company: CompanyFixture,
    cookie: string,
    id: Id<'order'>,
    lines: Line[],
  ): Promise<Outcome> {
    const total = lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0);
    const fields: [string, string][] = [
      ['order', id],
      ['seenTotal', String(total)],
      ...lines.map(({ productId, quantity }): [string, string] => [
        'line',
        `${productId}:${quantity}:${PRICE}`,
      ]),
    ];
    for (let tries = 1; tries < 500; tries += 1) {
      const answer = await this.post(company, cookie, '/checkout', fields);
      if (answer !== 'unknown') {
        expect([303, 409, 422]).toContain(answer.status);
        return { placed: answer.status === 303, text: answer.text, tries };
      }
      await sleep(50);
    }
    throw new Error(`Nobody says what became of ${id}.`);
  }

  async ordersOf(company: CompanyFixture): Promise<Set<string>> {
    const { rows } = await this.owner.query<{ id: string }>(
      'select id from orders where company_id = $1',
      [company.id],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Products whose stock is not the sum of their movements, or less than nothing, at this instant. */
  async wrongLevels(company: CompanyFixture): Promise<unknown[]> {
    const { rows } = await this.owner.query(
      `select s.product_id, s.on_hand, coalesce(sum(m.delta), 0)::int as moved
       from stock_levels s left join stock_movements m using (company_id, product_id)
       where company_id = $1 group by 1, 2 having s.on_hand <> coalesce(sum(m.delta), 0) or s.on_hand < 0`,
      [company.id],
    );
    return rows;
  }

  /** Customers whose totals are not the sum of their orders. */
  async wrongTotals(company: CompanyFixture): Promise<unknown[]> {
    const { rows } = await this.owner.query(
      `select t.customer_id from customer_totals t
       join orders o on o.company_id = t.company_id and o.customer_id = t.customer_id and o.currency = t.currency
       where t.company_id = $1
       group by t.customer_id, t.currency, t.orders, t.spent_cents
       having t.orders <> count(*) or t.spent_cents <> coalesce(sum(o.total_cents) filter (where o.status <> 'CANCELLED'), 0)`,
      [company.id],
    );
    return rows;
  }

  /** Units of a product in orders that were not cancelled, and units left. */
  async sold(company: CompanyFixture, product: string): Promise<{ units: number; left: number }> {
    const { rows } = await this.owner.query(
      `select coalesce(sum(l.quantity), 0)::int as units,
         (select on_hand::int from stock_levels where company_id = $1 and product_id = $2) as left
       from order_lines l join orders o on o.company_id = l.company_id and o.id = l.order_id and o.status <> 'CANCELLED'
       where l.company_id = $1 and l.product_id = $2`,
      [company.id, product],
    );
    return rows[0];
  }
}

async function cookieOf(company: CompanyFixture, session: Id<'session'>): Promise<string> {
  const claims = { sid: session, cid: company.id };
  return `customer_session=${await signToken(parseKeys(KEYS), 'customer_session', claims)}`;
}

export const pick = <T>(from: readonly T[]): T =>
  from[Math.floor(Math.random() * from.length)] as T;
export const upTo = (max: number) => 1 + Math.floor(Math.random() * max);
export const shuffled = <T>(from: readonly T[]): T[] => from.toSorted(() => Math.random() - 0.5);

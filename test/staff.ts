import { eq } from 'drizzle-orm';
import { inject } from 'vitest';
import { type CompanyFixture, enterSystem } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { staffSessions } from '#db/schema/index.ts';
import type { Role } from '#src/permissions.ts';
import { someAddress } from './address.ts';
import { context } from './context.ts';
import { server, staffCookie } from './server.ts';

export type Ask = ReturnType<typeof browserWith>;

/** Requests as the browser of this company's person makes them; with fields, a form is posted. */
export async function browserOf(company: CompanyFixture, role: Role): Promise<Ask> {
  return browserWith(await staffCookie(company, role));
}

/** The same with any Cookie header. `roundTrips` is what the request cost the database, `flash` the next page's message. */
export function browserWith(cookie: string) {
  return async (path: string, fields?: Record<string, string> | URLSearchParams) => {
    const requestId = `page-${newId('session').slice(4)}`;
    const response = await server.fetch(path, {
      redirect: 'manual',
      headers: {
        Cookie: cookie,
        'Sec-Fetch-Site': 'same-origin',
        'CF-Connecting-IP': someAddress(),
        'X-Request-Id': requestId,
        ...(fields && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields).toString() }),
    });
    const { status, headers } = response;
    const text = await response.text();
    const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
    const { roundTrips } = (await stats.json()) as { roundTrips: number };
    const flash = decodeURIComponent(headers.get('set-cookie') ?? '');
    return { status, headers, location: headers.get('location'), text, roundTrips, flash };
  };
}

/** As if everybody at this company had just been asked for their password again. */
export async function confirmSessions({ id }: CompanyFixture): Promise<void> {
  const { db } = context({ kind: 'nobody' });
  await db.batch([
    enterSystem(db),
    db
      .update(staffSessions)
      .set({ confirmedAt: new Date() })
      .where(eq(staffSessions.companyId, id)),
  ]);
}

/** Where the page's first link with this text leads. */
export function hrefOf(page: string, text: string): string | undefined {
  const links = page.split('<a ');
  const link = links.find((part) =>
    part.slice(part.indexOf('>'), part.indexOf('</a>')).includes(text),
  );
  return link?.match(/href="([^"]*)"/)?.[1]?.replaceAll('&amp;', '&');
}

/** The value of the form's field with this name. */
export function valueOf(page: string, name: string): string | undefined {
  const input = page.match(new RegExp(`<input[^>]* name="${name}"[^>]*>`))?.[0];
  return input?.match(/ value="([^"]*)"/)?.[1];
}

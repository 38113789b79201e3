import { like, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { dailyUses } from '#db/schema/index.ts';
import { context } from '../../test/context.ts';
import { system } from '../tenant.ts';
import { deletePastUses } from './delete-past-uses.ts';

it('deletes the counters of days before yesterday, and no others', async () => {
  const subject = `test ${newId('company')}`;
  const ctx = context({ kind: 'nobody' }, { now: new Date('2025-03-31T00:30:00Z') });
  const days = ['2025-03-29', '2025-03-30', '2025-03-31', '2025-04-30'];
  await system(ctx).batch([
    ctx.db.insert(dailyUses).values(days.map((day) => ({ subject, day, used: 1 }))),
  ]);
  await deletePastUses(ctx);
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ day: dailyUses.day })
      .from(dailyUses)
      .where(like(dailyUses.subject, `${subject}%`))
      .orderBy(sql`1`),
  ]);
  expect(rows.map(({ day }) => day)).toEqual(days.slice(1));
});

import { expect } from 'vitest';
import { server } from '../server.ts';
import { ORIGIN } from './browser.ts';

/** The newest link of that kind somebody was mailed. */
export async function mailedLink(to: string, pattern: RegExp): Promise<string> {
  const find = async () => {
    const response = await server.fetch('/dev/outbox.json');
    const { data } = (await response.json()) as { data: { to: string; text: string }[] };
    return data
      .filter((mail) => mail.to === to)
      .flatMap(({ text }) => text.match(pattern) ?? [])[0];
  };
  await expect.poll(find).toBeDefined();
  return new URL((await find()) ?? '', ORIGIN).href;
}

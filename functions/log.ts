type Fields = Record<string, unknown>;

const SECRET =
  /pass(word|phrase)?|secret|token|authorization|cookie|session|credential|signature|api_?key/i;

/** Links in mails carry what they prove in the path. */
const TOKEN = /ey[\w-]+\.[\w-]+\.[\w-]+/;

/** A request's path as the log may keep it: without a link's token. */
export function loggedPath(path: string): string {
  return path.replace(TOKEN, '[token]');
}

/** One JSON line. Values whose name sounds secret are replaced. */
export function logInfo(message: string, fields: Fields = {}): void {
  // oxlint-disable-next-line no-console -- the one place that writes the log
  console.log(line('info', { message, ...fields }));
}

/** The line every request writes. Its few values are ours and hold no secret, so they are not looked through. */
export function logRequest(fields: Readonly<Record<string, string | number | undefined>>): void {
  const entry = { time: new Date().toISOString(), level: 'info', message: 'request', ...fields };
  // oxlint-disable-next-line no-console -- the one place that writes the log
  console.log(JSON.stringify(entry));
}

/** One JSON line for what somebody has to look at: a sentence, or what was thrown, with its stack and causes. */
export function logError(error: unknown, fields: Fields = {}): void {
  const what = error instanceof Error ? { message: messageOf(error), error } : { message: error };
  // oxlint-disable-next-line no-console -- the one place that writes the log
  console.error(line('error', { ...what, ...fields }));
}

function line(level: string, fields: Fields): string {
  const entry = { time: new Date().toISOString(), level, ...fields };
  return JSON.stringify(entry, (name, value: unknown) => {
    if (SECRET.test(name) && value !== null && value !== undefined) return '[redacted]';
    if (value instanceof Error) return describe(value);
    return typeof value === 'bigint' ? value.toString() : value;
  });
}

function describe(error: Error): Fields {
  const message = messageOf(error);
  const code = 'code' in error ? error.code : undefined;
  const stack = error.stack?.replace(error.message, () => message);
  return { name: error.name, message, code, stack, cause: error.cause };
}

/** A failed query's message (Drizzle) repeats its parameters, which are people's data: only the statement is kept. */
function messageOf(error: Error): string {
  return 'params' in error ? error.message.replace(/\nparams: [^]*$/, '') : error.message;
}

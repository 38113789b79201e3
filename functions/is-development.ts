/** Whether this is a developer's own installation: `DEV` is "1", and no other text that an operator may take for off. */
export function isDevelopment({ DEV }: Pick<Env, 'DEV'>): boolean {
  return DEV === '1';
}

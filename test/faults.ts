import { inject } from 'vitest';
import type { Faults } from '#db/local/faults.ts';

/**
 * Replaces what goes wrong between the Workers and the database; nothing does after `setFaults({})`. A fault says whom
 * it is for: without a `match`, whatever a queue has still to do may take it instead.
 */
export async function setFaults(
  faults: (Partial<Faults> & Pick<Faults, 'match'>) | Record<string, never>,
): Promise<void> {
  await fetch(`${inject('endpointUrl')}/faults`, { method: 'PUT', body: JSON.stringify(faults) });
}

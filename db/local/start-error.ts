import { inspect } from 'node:util';

/** A reason not to start, in one sentence for the person at the terminal; shown without a stack. */
export class StartError extends Error {}

/**
 * Runs a command-line entry: a StartError becomes its sentence on stderr and exit code 1,
 * anything else is a defect and keeps its stack.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(
      error instanceof StartError ? `${error.message}\n` : `${inspect(error)}\n`,
    );
    process.exitCode = 1;
  }
}

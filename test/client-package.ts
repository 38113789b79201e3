import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const source = join(root, 'functions/api/client');
const run = promisify(execFile);

/** The client as `npm pack` ships it, installed in a project of its own. */
export interface InstalledClient {
  directory: string;
  /** What is in the package. */
  files: string[];
  remove(): Promise<void>;
}

/** Packs the client, and installs it beside what it depends on. */
export async function installClient(): Promise<InstalledClient> {
  const directory = await mkdtemp(join(tmpdir(), 'distribu-client-'));
  const modules = join(directory, 'node_modules');
  const target = join(modules, '@distribu/client');
  await mkdir(target, { recursive: true });
  const pack = ['pack', '--json', '--pack-destination', directory];
  const { stdout } = await run('npm', pack, { cwd: source });
  // What the build prints comes before the JSON.
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
    { filename: string; files: { path: string }[] },
  ];
  await run('tar', ['-xzf', packed.filename, '-C', target, '--strip-components=1'], {
    cwd: directory,
  });
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  return {
    directory,
    files: packed.files.map(({ path }) => path),
    remove: () => rm(directory, { recursive: true }),
  };
}

/** The TypeScript of a Markdown file, one block after the other. */
export async function readmeProgram(): Promise<string> {
  const text = await readFile(join(source, 'README.md'), 'utf8');
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, code]) => code).join('\n');
}

/** Complains as the TypeScript of somebody who uses the package would, in its strictest ways. */
export async function typeCheck(directory: string, file: string): Promise<string> {
  const options = ['--strict', '--noEmit', '--exactOptionalPropertyTypes', '--skipLibCheck'];
  const target = ['--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const tsc = join(source, 'node_modules/typescript/bin/tsc');
  const args = [tsc, ...options, '--noUncheckedIndexedAccess', ...target, file];
  const { stdout } = await run(process.execPath, args, { cwd: directory }).catch(
    (failure: unknown) => failure as { stdout: string },
  );
  return stdout;
}

/** Runs a program of the project with Node, and returns the lines it prints. */
export async function runProgram(
  directory: string,
  file: string,
  env: Record<string, string>,
): Promise<{ stdout: string[]; stderr: string[] }> {
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: directory, env });
  return { stdout: linesOf(stdout), stderr: linesOf(stderr) };
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

/** A Worker of the project, with all it imports, as one module. */
export async function bundleWorker(directory: string, contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: directory, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd', 'worker'],
  });
  return outputFiles.map(({ text }) => text).join('');
}

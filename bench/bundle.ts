import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** The Worker exactly as `npm run deploy` would upload it: its main module, then the wasm modules. */
export async function bundleWorker(): Promise<string[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'distribu-bundle-'));
  const wrangler = join(root, 'node_modules/wrangler/bin/wrangler.js');
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--outdir', outdir],
    {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    },
  );
  const files = await readdir(outdir);
  const modules = ['index.js', ...files.filter((name) => name.endsWith('.wasm'))];
  return modules.map((name) => join(outdir, name));
}

export async function bundleFloor(): Promise<string[]> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'distribu-floor-')), 'floor.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'floor-worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    external: ['cloudflare:*'],
    conditions: ['workerd'],
    logLevel: 'warning',
  });
  return [outfile];
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import { buildSprite } from './icon-sprite.ts';
import { readInvoiceFonts } from './invoice-fonts.ts';

const here = import.meta.dirname;
const root = join(here, '../..');
const outdir = join(root, 'public/assets');

async function buildStylesheet(): Promise<Record<string, Uint8Array>> {
  const cli = join(root, 'node_modules/@tailwindcss/cli/dist/index.mjs');
  const args = [cli, '--input', join(here, 'app.css'), '--output', '-', '--minify'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 8 << 20,
  });
  return { 'app.css': Buffer.from(stdout) };
}

async function buildScripts(): Promise<Record<string, Uint8Array>> {
  const islands = (await readdir(join(here, 'islands'))).filter((name) => /\.tsx?$/.test(name));
  const result = await bundle({
    entryPoints: islands.map((name) => join(here, 'islands', name)),
    outdir,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx/dom',
    logLevel: 'warning',
  });
  return Object.fromEntries(result.outputFiles.map((file) => [basename(file.path), file.contents]));
}

/** `wrangler dev` builds again whenever a watched file is written, so writing the same would never end. */
async function writeIfChanged(path: string, content: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => null);
  if (!present?.equals(content)) await writeFile(path, content);
}

/** The viewer of `/docs/api`; our style sheet follows its own. */
async function readViewer(): Promise<Record<string, Uint8Array>> {
  const directory = join(root, 'node_modules/swagger-ui-dist');
  const [script, theirs, ours] = await Promise.all([
    readFile(join(directory, 'swagger-ui-bundle.js'), 'utf8'),
    readFile(join(directory, 'swagger-ui.css'), 'utf8'),
    readFile(join(here, 'styles/docs-api.css'), 'utf8'),
  ]);
  const css = theirs.replace(/\/\*# sourceMappingURL=.*?\*\//, '');
  return {
    'swagger-ui.js': Buffer.from(withoutSourceMap(script)),
    'docs-api.css': Buffer.from(`${css}\n${ours}`),
  };
}

const withoutSourceMap = (script: string) =>
  script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');

/**
 * Builds everything the browser loads into `public/assets/`, each name carrying a hash of its
 * content so it can be cached for good, and writes `manifest.json` (logical name → path) for the
 * views. `--sizes` prints what each file weighs compressed.
 */
async function build(): Promise<void> {
  const [stylesheet, scripts, viewer, htmx, sprite, fonts] = await Promise.all([
    buildStylesheet(),
    buildScripts(),
    readViewer(),
    readFile(join(root, 'node_modules/htmx.org/dist/htmx.min.js'), 'utf8'),
    buildSprite(join(root, 'node_modules/lucide-static/icons')),
    readInvoiceFonts(),
  ]);
  const files: Record<string, Uint8Array> = {
    ...stylesheet,
    ...scripts,
    ...viewer,
    'htmx.js': Buffer.from(withoutSourceMap(htmx)),
    'icons.svg': Buffer.from(sprite),
    'invoice-fonts.json': fonts.index,
  };

  await mkdir(outdir, { recursive: true });
  const manifest: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
    const extension = extname(name);
    const hashed = `${basename(name, extension)}.${hash}${extension}`;
    manifest[name] = `/assets/${hashed}`;
    await writeIfChanged(join(outdir, hashed), content);
    if (process.argv.includes('--sizes')) {
      const compressed = brotliCompressSync(content).byteLength;
      process.stdout.write(`${hashed}  ${content.byteLength} B, ${compressed} B compressed\n`);
    }
  }
  // Hundreds, which only an invoice asks for, by the index's names: they would swell the manifest.
  await Promise.all(
    Object.entries(fonts.files).map(([name, font]) => writeIfChanged(join(outdir, name), font)),
  );
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeIfChanged(join(here, 'manifest.json'), Buffer.from(text));

  const current = new Set([
    ...Object.values(manifest).map((path) => basename(path)),
    ...Object.keys(fonts.files),
  ]);
  const stale = (await readdir(outdir)).filter((name) => !current.has(name));
  await Promise.all(stale.map((name) => rm(join(outdir, name), { recursive: true })));
}

await build();

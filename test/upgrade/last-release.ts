import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

/** The newest release that CHANGELOG.md names, a commit: its Worker runs on this schema until the new one is deployed. */
const LAST_RELEASE =
  /^## ([0-9a-f]{7,40}) /mu.exec(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))?.[1] ?? '';

/**
 * The last release's files, as git has them, with its assets built. They lie below this checkout, so that they find its
 * packages.
 * @returns their folder
 */
export async function checkOutLastRelease(): Promise<string> {
  const folder = join(ROOT, '.cache/releases', LAST_RELEASE);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  const archive = `${unfinished}.tar`;
  await run('git', ['archive', '--output', archive, LAST_RELEASE], { cwd: ROOT });
  await run('tar', ['-xf', archive, '-C', unfinished]);
  await rm(archive);
  await installPackages(unfinished);
  await run(process.execPath, ['functions/assets/build.ts'], { cwd: unfinished });
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

/** The release gets this checkout's packages where it wants the same ones, else its own. */
async function installPackages(folder: string): Promise<void> {
  const [its, present] = await Promise.all([folder, ROOT].map(packagesOf));
  const same = its?.every(([name, version]) =>
    present?.some(([n, v]) => n === name && v === version),
  );
  if (same) await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  else await run('npm', ['ci'], { cwd: folder });
}

async function packagesOf(folder: string): Promise<[string, string][]> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text) as Record<
    string,
    Record<string, string>
  >;
  return Object.entries({ ...dependencies, ...devDependencies });
}

/** Migrates an empty database to the last release and gives it the demo company, by that release's own code. */
export async function fillAtLastRelease(folder: string, databaseUrl: string): Promise<void> {
  await run(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      `import { startEndpoint } from './db/local/endpoint.ts';
       import { migrateDatabase } from './db/local/migrate-database.ts';
       import { seed } from './db/seed/seed.ts';
       const ownerUrl = process.env.DATABASE_URL;
       await migrateDatabase(ownerUrl);
       const endpoint = await startEndpoint({ databaseUrl: ownerUrl });
       await seed({ appUrl: endpoint.appUrl, ownerUrl, embedded: true }, 'demo');
       await endpoint.close();`,
    ],
    { cwd: folder, env: { ...process.env, DATABASE_URL: databaseUrl } },
  );
}

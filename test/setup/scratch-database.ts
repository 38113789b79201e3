import { randomBytes } from 'node:crypto';
import { connectOwner } from '#db/local/connect-owner.ts';

interface ScratchDatabase {
  databaseUrl: string;
  drop(): Promise<void>;
}

/** Creates an empty database with a random name beside the one the URL names. */
export async function createScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `distribu_test_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    databaseUrl: url.href,
    drop: () => execute(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = await connectOwner(databaseUrl);
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

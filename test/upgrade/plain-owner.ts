import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';

/**
 * An empty database whose owner may create roles and is no superuser, as README asks for and as Neon's owners are.
 * @returns its address as that owner and as the superuser, and what removes both
 */
export async function createPlainOwnersDatabase() {
  const name = `distribu_plain_${randomBytes(6).toString('hex')}`;
  await asSuperuser(
    `create role ${name} login createrole password '${name}'; grant ${name} to current_user`,
  );
  await asSuperuser(`create database ${name} owner ${name}`);
  const superuser = new URL(inject('ownerUrl'));
  superuser.pathname = name;
  const owner = new URL(superuser);
  owner.username = owner.password = name;
  return {
    ownerUrl: owner.href,
    superuserUrl: superuser.href,
    async drop() {
      await asSuperuser(`drop database ${name} with (force)`);
      await asSuperuser(`drop role ${name}`);
    },
  };
}

async function asSuperuser(statements: string): Promise<void> {
  const client = await connectOwner(inject('ownerUrl'));
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

import type { QueryRunner } from 'typeorm';
import { createPlatformAccount as createAccount } from '#domain/stores';
import { clientOf } from '../resource/record-writer.js';
import type { FieldValues } from '../resource/resource-definition.js';

/** A platform without an account could not pay: both are made in one transaction. */
export async function createPlatformAccount(
  runner: QueryRunner,
  platform: FieldValues,
): Promise<void> {
  const client = await clientOf(runner.manager);
  await createAccount(client, { id: String(platform['id']), code: String(platform['code']) });
}

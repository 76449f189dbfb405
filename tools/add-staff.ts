import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { PASSWORD_COST, passwordText, STAFF_ROLES, type StaffRole } from '#domain';

const HELP = `node dist/tools/add-staff.js --email E [--role owner] [--name N] [--password-stdin]

Adds a person to the panel, on the database of DATABASE_URL: the first owner of a new installation, for example.
Without --password-stdin a password is made and shown once.
Roles: ${STAFF_ROLES.join(', ')}`;

/** Letters and digits that are not taken for one another. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const PASSWORD_LENGTH_MIN = 12;

class UsageError extends Error {}

interface Asked {
  readonly email: string;
  readonly role: StaffRole;
  readonly name: string;
  readonly isFromStdin: boolean;
}

function options(): Asked | 'help' {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      role: { type: 'string', default: 'owner' },
      name: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const email = values.email?.trim().toLowerCase() ?? '';
  const role = STAFF_ROLES.find((known) => known === values.role);
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new UsageError('--email is missing or no address.');
  if (!role) throw new UsageError(`There is no role ${values.role}.`);
  const name = values.name ?? email.split('@')[0] ?? email;
  return { email, role, name, isFromStdin: values['password-stdin'] };
}

function madePassword(): string {
  const group = (): string =>
    Array.from({ length: 5 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

async function main(): Promise<void> {
  const asked = options();
  if (asked === 'help') console.log(HELP);
  else await add(asked);
}

async function add({ email, role, name, isFromStdin }: Asked): Promise<void> {
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) throw new UsageError('DATABASE_URL is not set: it names the database.');
  const password = isFromStdin ? (await text(process.stdin)).trim() : madePassword();
  if (password.length < PASSWORD_LENGTH_MIN)
    throw new UsageError(`A password has at least ${PASSWORD_LENGTH_MIN} characters.`);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const added = await client.query(
      `INSERT INTO staff (email, name, role, password_hash) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING`,
      [email, name, role, await hash(passwordText(password), PASSWORD_COST)],
    );
    if (added.rowCount === 0) throw new UsageError(`${email} is on the staff already.`);
  } finally {
    await client.end();
  }
  console.log(`${email} may enter as ${role}.${isFromStdin ? '' : `\nPassword: ${password}`}`);
}

try {
  await main();
} catch (error) {
  const isUsage =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) console.error(`\n${HELP}`);
  process.exitCode = 1;
}

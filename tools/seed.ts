import 'reflect-metadata';
import { openSqlPool } from '#domain/database';
import { readSeedConfig } from './seed/config.js';
import { addSampleComplaints } from './seed/sample-complaints.js';
import { addSampleLicences } from './seed/sample-licences.js';
import { addSampleIncident } from './seed/sample-incident.js';
import { addSampleRisk } from './seed/sample-risk.js';
import { Seeder } from './seed/seeder.js';

// node dist/tools/seed.js [--empty]: the accounts every ledger needs and the owner; without --empty also sample data.
// A second run finds everything there and changes nothing.
const CONNECTIONS = 3;
const unknown = process.argv.slice(2).filter((argument) => argument !== '--empty');
const isEmpty = process.argv.includes('--empty');

try {
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. Usage: seed [--empty]`);
  await seed();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function seed(): Promise<void> {
  const config = readSeedConfig(process.env);
  const pool = openSqlPool(config.databaseUrl, CONNECTIONS, 'kagong-seed');
  try {
    const seeder = new Seeder(pool, config, Date.now());
    const { staff } = config.secrets;
    const added = await seeder.addStaff(
      isEmpty ? staff.filter((person) => person.role === 'owner').slice(0, 1) : staff,
    );
    if (!isEmpty) {
      await seeder.addTrade();
      await addSampleRisk(pool, config);
      await addSampleLicences(pool);
      await addSampleIncident(pool);
      const service = staff.find((person) => person.role === 'service') ?? staff[0];
      if (service) await addSampleComplaints(pool, service.email, Date.now());
    }
    console.log(`${added} staff added${isEmpty ? '' : '; sample data is there'}`);
  } finally {
    await pool.end();
  }
}

import pg from 'pg';
import { DAY_MS, shanghaiDate } from '#domain';
import { inTransaction, openSqlPool } from '#domain/database';
import {
  activateRenewal,
  advanceForgottenLicences,
  advanceLicence,
  changeStanding,
  keepDocument,
  noteMessage,
  overrideGate,
  readDocumentContent,
  readDueMessages,
  receiveRenewal,
  refreshGates,
  remindOldRules,
  startRenewal,
  submitRenewal,
  verifyLicence,
} from '#domain/stores';
import { aLicence, aRequirement } from '../support/licence-world.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aProduct, type TestProduct } from '../support/trade.js';

let database: TestDatabase;
let db: pg.Client;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
  pool = openSqlPool(database.url, 4, 'licences-spec');
  for (const [email, role] of [
    ['a@example.test', 'operator'],
    ['c@example.test', 'compliance'],
    ['o@example.test', 'owner'],
  ])
    await db.query(
      `INSERT INTO staff (email, name, role, password_hash) VALUES ($1, 'test', $2, 'x')`,
      [email, role],
    );
}, 60_000);
afterAll(async () => {
  await pool.end();
  await db.end();
  await database.drop();
});

/** Ten in the morning of a day in Shanghai. */
const at = (date: string): number => Date.parse(`${date}T10:00:00+08:00`);
const today = (offset = 0): string => shanghaiDate(Date.now() + offset * DAY_MS);
const in1 = <Result>(work: (client: pg.PoolClient) => Promise<Result>) => inTransaction(pool, work);

const told = async (licenceId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT clock || ' ' || days_left || ' ' || recipient AS line FROM licence_reminders WHERE subject_id = $1 ORDER BY id`,
    [licenceId],
  );
  return rows.map(({ line }) => line);
};

describe('the clocks of a licence', () => {
  it('tell each step once, to more people the nearer it comes, and lose nothing in an outage of days', async () => {
    const { id } = await aLicence(db, {
      type: 'platform-agreement',
      expiresOn: '2031-12-31',
      createdAt: '2031-10-01T00:00:00Z',
    });
    await advanceLicence(pool, { licenceId: id, nowMs: at('2031-10-03') });
    await advanceLicence(pool, { licenceId: id, nowMs: at('2031-10-03') });
    expect(await told(id)).toEqual(['expiry 90 a@example.test', 'apply-by 60 a@example.test']);
    // Nobody looks from here until two days after its end.
    const { nextAtMs } = await advanceLicence(pool, { licenceId: id, nowMs: at('2032-01-02') });
    const later = await told(id);
    for (const days of [60, 30, 14, 7, 3, 1, 0, -1, -2])
      expect(later.filter((one) => one === `expiry ${days} a@example.test`)).toHaveLength(1);
    expect(later).toContain('expiry 30 c@example.test');
    expect(later).not.toContain('expiry 30 o@example.test');
    expect(later).toContain('expiry 7 o@example.test');
    expect(nextAtMs).toBe(Date.parse('2032-01-03T09:00:00+08:00'));
    // All of it is one message of each person.
    const { rows } = await pool.query<{ recipient: string; count: number }>(
      `SELECT m.recipient, count(DISTINCT m.id)::int AS count FROM licence_reminders r JOIN licence_messages m ON m.id = r.message_id
       WHERE r.subject_id = $1 AND m.day = '2032-01-02' GROUP BY m.recipient ORDER BY m.recipient`,
      [id],
    );
    expect(rows).toEqual([
      { recipient: 'a@example.test', count: 1 },
      { recipient: 'c@example.test', count: 1 },
      { recipient: 'o@example.test', count: 1 },
    ]);
    await db.query('DELETE FROM licence_reminders');
    await db.query('DELETE FROM licence_messages');
    await db.query(`UPDATE licences SET standing = 'surrendered', next_at = NULL`);
  });

  it('merge what one person is told on one day; what comes after the message left goes with the next', async () => {
    const nowMs = at('2033-06-01');
    const three = [];
    for (let index = 0; index < 3; index += 1)
      three.push(
        await aLicence(db, { type: 'payment', expiresOn: '2033-06-15', createdAt: '2033-01-01Z' }),
      );
    await advanceLicence(pool, { licenceId: three[0]?.id ?? '', nowMs });
    await advanceLicence(pool, { licenceId: three[1]?.id ?? '', nowMs });
    const [message] = (await readDueMessages(pool, nowMs)).filter(
      ({ recipient }) => recipient === 'a@example.test',
    );
    expect(message?.lines).toHaveLength(2);
    expect(message?.lines[0]).toMatchObject({ clock: 'expiry', daysLeft: 14 });
    await noteMessage(pool, { id: message?.id ?? '', failure: undefined, nowMs });
    await advanceLicence(pool, { licenceId: three[2]?.id ?? '', nowMs });
    const { rows } = await pool.query<{ day: string; status: string }>(
      `SELECT day::text, status FROM licence_messages WHERE recipient = 'a@example.test' ORDER BY day`,
    );
    expect(rows).toEqual([
      { day: '2033-06-01', status: 'sent' },
      { day: '2033-06-02', status: 'due' },
    ]);
    await db.query(`UPDATE licences SET standing = 'surrendered', next_at = NULL`);
  });

  it('are walked by the sweep where no run has looked for ten minutes', async () => {
    const { id } = await aLicence(db, { type: 'payment', expiresOn: today(3) });
    await db.query(`UPDATE licences SET next_at = now() - interval '11 minutes' WHERE id = $1`, [
      id,
    ]);
    expect(await advanceForgottenLicences(pool, Date.now())).toBe(1);
    expect(await told(id)).toContain('expiry 3 a@example.test');
    expect(await advanceForgottenLicences(pool, Date.now())).toBe(0);
  });

  it('tell compliance, once, of legal rules that nobody has read for a year', async () => {
    const nowMs = at('2027-11-30');
    const first = await remindOldRules(pool, nowMs);
    expect(first).toBeGreaterThan(0);
    expect(await remindOldRules(pool, nowMs)).toBe(0);
    const { rows } = await pool.query(
      `SELECT DISTINCT recipient FROM licence_reminders WHERE clock = 'rule'`,
    );
    expect(rows).toEqual([{ recipient: 'c@example.test' }]);
  });
});

async function aGatedProduct(type: string): Promise<TestProduct> {
  const product = await aProduct(db);
  await aRequirement(db, { productId: product.id, type });
  await refreshGates(pool, Date.now());
  return product;
}
const statusOf = async (product: TestProduct): Promise<string> => {
  const { rows } = await pool.query<{ status: string }>(
    'SELECT status FROM products WHERE id = $1',
    [product.id],
  );
  return rows[0]?.status ?? '';
};
const change = (actor: string) => ({ actor, nowMs: Date.now() });

describe('a licence', () => {
  it('carries sales once a second person has verified it, and never its recorder', async () => {
    const product = await aGatedProduct('culture-operation');
    const { id: licenceId } = await aLicence(db, {
      type: 'culture-operation',
      isVerified: false,
    });
    const look = { licenceId, result: 'confirmed', registry: 'a registry', note: null } as const;
    await expect(
      in1((client) =>
        verifyLicence(client, { ...look, documentId: null, ...change('A@example.test') }),
      ),
    ).rejects.toMatchObject({ code: 'licence.own' });
    expect(await statusOf(product)).toBe('off-sale');
    await in1((client) =>
      verifyLicence(client, { ...look, documentId: null, ...change('c@example.test') }),
    );
    expect(await statusOf(product)).toBe('on-sale');
    await expect(
      db.query(`UPDATE licences SET expires_on = '2098-01-01' WHERE id = $1`, [licenceId]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('is renewed step by step; the next one begins the day after and puts the product back on sale', async () => {
    const product = await aGatedProduct('telecom-edi');
    const { id: licenceId } = await aLicence(db, { type: 'telecom-edi', expiresOn: today(-1) });
    await refreshGates(pool, Date.now());
    expect(await statusOf(product)).toBe('off-sale');
    const renewalId = await in1((client) =>
      startRenewal(client, { licenceId, ...change('a@example.test') }),
    );
    await expect(
      in1((client) => startRenewal(client, { licenceId, ...change('a@example.test') })),
    ).rejects.toMatchObject({ code: 'licence.renewal-open' });
    const received = { renewalId, newNumber: 'NEW-1', newIssuedOn: null, newEffectiveOn: null };
    await expect(
      in1((client) =>
        receiveRenewal(client, { ...received, newExpiresOn: null, ...change('a@example.test') }),
      ),
    ).rejects.toMatchObject({ code: 'licence.renewal-not-open' });
    await in1((client) =>
      submitRenewal(client, {
        renewalId,
        receiptNo: 'R-1',
        submittedOn: today(),
        ...change('a@example.test'),
      }),
    );
    await in1((client) =>
      receiveRenewal(client, {
        ...received,
        newExpiresOn: today(365),
        ...change('a@example.test'),
      }),
    );
    const verified = { renewalId, registry: 'a registry', note: null };
    await expect(
      in1((client) => activateRenewal(client, { ...verified, ...change('a@example.test') })),
    ).rejects.toMatchObject({ code: 'licence.own' });
    const newId = await in1((client) =>
      activateRenewal(client, { ...verified, ...change('c@example.test') }),
    );
    const { rows } = await pool.query(
      `SELECT effective_on::text AS from, version_no, previous_id FROM licences WHERE id = $1`,
      [newId],
    );
    expect(rows).toEqual([{ from: today(), version_no: 2, previous_id: licenceId }]);
    expect(await statusOf(product)).toBe('on-sale');
    expect(await advanceLicence(pool, { licenceId, nowMs: Date.now() })).toEqual({
      told: 0,
      nextAtMs: null,
    });
  });

  it('that lapsed can be passed over by two people for 72 hours at most, one that was revoked by nobody', async () => {
    const product = await aGatedProduct('game-operator');
    const { id: licenceId } = await aLicence(db, { type: 'game-operator', expiresOn: today(-1) });
    await refreshGates(pool, Date.now());
    const override = {
      productId: product.id,
      platformId: null,
      hours: 100,
      reason: 'contract is being signed',
      askedBy: 'a@example.test',
    };
    await expect(
      in1((client) =>
        overrideGate(client, { ...override, approvedBy: 'A@example.test', nowMs: Date.now() }),
      ),
    ).rejects.toMatchObject({ code: '23514' });
    await in1((client) =>
      overrideGate(client, { ...override, approvedBy: 'o@example.test', nowMs: Date.now() }),
    );
    expect(await statusOf(product)).toBe('on-sale');
    await refreshGates(pool, Date.now() + 73 * 3_600_000);
    expect(await statusOf(product)).toBe('off-sale');

    await refreshGates(pool, Date.now());
    expect(await statusOf(product)).toBe('on-sale');
    await in1((client) =>
      changeStanding(client, { licenceId, to: 'revoked', ...change('c@example.test') }),
    );
    expect(await statusOf(product)).toBe('off-sale');
    await expect(
      in1((client) =>
        overrideGate(client, { ...override, approvedBy: 'o@example.test', nowMs: Date.now() }),
      ),
    ).rejects.toMatchObject({ code: 'override.revoked' });
  });

  it('keeps its documents as they were handed in, and takes no file that only says what it is', async () => {
    const { id: licenceId } = await aLicence(db);
    const content = Buffer.from('%PDF-1.7 a scan');
    const document = { licenceId, name: 'scan.pdf', actor: 'a@example.test', nowMs: Date.now() };
    const { id } = await in1((client) => keepDocument(client, { ...document, content }));
    expect((await readDocumentContent(pool, id))?.content.equals(content)).toBe(true);
    await expect(
      in1((client) => keepDocument(client, { ...document, content })),
    ).rejects.toMatchObject({ code: 'licence.document-known' });
    await expect(
      in1((client) => keepDocument(client, { ...document, content: Buffer.from('<script>') })),
    ).rejects.toMatchObject({ code: 'licence.document-unreadable' });
    await expect(
      db.query('UPDATE licence_documents SET content = $2 WHERE id = $1', [id, content]),
    ).rejects.toThrow('append-only');
  });
});

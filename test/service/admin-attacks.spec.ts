import { request as httpRequest } from 'node:http';
import { getMetadataArgsStorage } from 'typeorm';
import { entityName } from '../../apps/admin/src/resource/resource-definition.js';
import { RESOURCES } from '../../apps/admin/src/resources/registry.js';
import {
  asStaff,
  PanelClient,
  startTestAdmin,
  textIn,
  type PanelJson,
  type TestAdmin,
} from '../support/admin.js';
import { anOrderWithRows, aTrade, type SoldOrder } from '../support/sold-order.js';

/** What somebody with an ordinary role's session, or with none, may try. What other specs try already is not repeated here. */
const MARK = 'zq-marker-of-a-secret';
let admin: TestAdmin;
let owner: PanelClient;
let service: PanelClient;
let ops: PanelClient;
let order: SoldOrder;
let deliveryId: string;
beforeAll(async () => {
  admin = await startTestAdmin();
  owner = await asStaff(admin, 'owner');
  service = await asStaff(admin, 'service');
  ops = await asStaff(admin, 'ops');
  const trade = await aTrade(admin.db, { cards: 3 });
  const sold = await anOrderWithRows(admin.db, trade, { quantity: 2, status: 'succeeded' });
  order = await anOrderWithRows(admin.db, trade, { quantity: 1, status: 'processing' });
  const { rows } = await admin.db.query<{ id: string }>(
    'SELECT unit_id AS id FROM deliveries WHERE order_id = $1 LIMIT 1',
    [sold.orderId],
  );
  deliveryId = rows[0]?.id ?? '';
  await admin.db.query(
    `UPDATE orders SET account = jsonb_build_object('phone', $1::text) WHERE id = $2`,
    [MARK, order.orderId],
  );
  await admin.db.query(
    `UPDATE staff SET recovery_hashes = ARRAY[$1::text], second_factor_at = now(), totp_sealed = convert_to($1::text, 'UTF8') WHERE role = 'auditor'`,
    [MARK],
  );
});
afterAll(() => admin.close());

const api = (resource: string, rest: string) => `/admin/api/resources/${resource}/${rest}`;
const idOf = async (role: string) =>
  (await admin.db.query<{ id: string }>('SELECT id FROM staff WHERE role = $1', [role])).rows[0]
    ?.id ?? '';
const rowOf = async (role: string) =>
  (
    await admin.db.query<{ row: string }>('SELECT s::text AS row FROM staff s WHERE role = $1', [
      role,
    ])
  ).rows[0]?.row;

describe('a field that a role may not read', () => {
  it('is in no list, page, search, relation, history, find or section', async () => {
    for (const path of [
      api('Order', 'actions/list'),
      api('Order', `records/${order.orderId}/show`),
      api('Order', 'actions/search'),
      api('Order', `search/${order.orderNo}`),
      api('Delivery', 'actions/list'),
      api('Delivery', `records/${deliveryId}/show`),
      `/admin/data/orders/${order.orderId}`,
      `/admin/data/related/Order/${order.orderId}`,
      `/admin/data/history/Order/${order.orderId}`,
      `/admin/data/verbs/Order/${order.orderId}`,
    ]) {
      const answer = await ops.get(path);
      expect([path, answer.status < 500, answer.text.includes(MARK)]).toEqual([path, true, false]);
    }
    expect((await ops.post('/admin/command/find', { text: MARK })).text).not.toContain('Order');
  });

  it('is in no answer for the owner either where it is a secret', async () => {
    const id = await idOf('auditor');
    for (const path of [
      api('Staff', 'actions/list'),
      api('Staff', `records/${id}/show`),
      api('Staff', `records/${id}/edit`),
      api('Staff', 'search/a'),
      `/admin/data/history/Staff/${id}`,
    ])
      expect([path, (await owner.get(path)).text.includes(MARK)]).toEqual([path, false]);
  });

  it.each(RESOURCES.map((definition) => [entityName(definition), definition] as const))(
    'of %s is no oracle: nobody filters or sorts by what the list does not name',
    async (name, definition) => {
      const { filters, title, sorts } = definition;
      const open = new Set([...filters, title]);
      const closed = columnsOf(definition.entity).filter((column) => !open.has(column));
      for (const column of [...closed, 'id; DROP TABLE staff']) {
        const path = api(name, `actions/list?filters.${encodeURIComponent(column)}=a`);
        const { status } = await owner.get(path);
        expect([path, status === 400 || status === 403]).toEqual([path, true]);
      }
      const sorted = async (direction: string) =>
        (
          await owner.get(api(name, `actions/list?sortBy=passwordHash&direction=${direction}`))
        ).json()['records'];
      expect(sorts).not.toContain('passwordHash');
      expect(await sorted('asc')).toEqual(await sorted('desc'));
    },
  );
});

/** Columns of an entity, also those that the panel does not know of. */
function columnsOf(entity: { readonly prototype: object }): string[] {
  return getMetadataArgsStorage()
    .columns.filter(
      ({ target }) =>
        typeof target === 'function' &&
        (target === entity || target.prototype.isPrototypeOf(entity.prototype)),
    )
    .map(({ propertyName }) => propertyName);
}

describe('a form with more in it than it shows', () => {
  it('writes no hash, no second factor and no version of a person', async () => {
    const before = await rowOf('compliance');
    const id = await idOf('compliance');
    const answer = await owner.form(api('Staff', `records/${id}/edit`), {
      version: '1',
      passwordHash: 'x',
      totpSealed: 'x',
      totpStep: '9',
      secondFactorAt: '2026-01-01 00:00:00',
      recoveryHashes: 'x',
      createdAt: '2000-01-01 00:00:00',
      lastLoginAt: '2000-01-01 00:00:00',
      'role.owner': 'x',
    });
    expect(answer.status).toBe(200);
    expect(await rowOf('compliance')).toBe(before);
  });

  it('changes the record of its address, not one that it names', async () => {
    const [mine, other] = [await idOf('compliance'), await idOf('finance')];
    const before = await rowOf('finance');
    await owner.form(api('Staff', `records/${mine}/edit`), {
      id: other,
      version: '1',
      name: '改名',
    });
    expect(await rowOf('finance')).toBe(before);
    for (const address of [`${mine},${other}`, `${mine}/${other}`, `${mine}%00`, '{}', '*']) {
      const answer = await owner.form(api('Staff', `records/${address}/edit`), {
        version: '2',
        name: '越权',
      });
      expect([address, answer.status < 500]).toEqual([address, true]);
    }
    const hit = await admin.db.query(`SELECT 1 FROM staff WHERE name = '越权'`);
    expect(hit.rowCount).toBe(0);
  });

  it('reaches no prototype', async () => {
    await owner.form(api('Staff', `records/${await idOf('finance')}/edit`), {
      version: '1',
      '__proto__.role': 'owner',
      'constructor.prototype.role': 'owner',
    });
    expect((await (await asStaff(admin, 'service')).get(api('Staff', 'actions/list'))).status).toBe(
      403,
    );
  });
});

describe('a request that no page of ours would send', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])('changes nothing as %s', async (type) => {
    const answer = await service.send('/admin/command/me/language', {
      method: 'POST',
      headers: { Origin: admin.url, ...(type === '' ? {} : { 'Content-Type': type }) },
      body: '{"language":"en"}',
    });
    expect(answer.status).toBe(400);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('changes nothing as %s', async (method) => {
    const id = await idOf('finance');
    for (const path of [api('Staff', `records/${id}/edit`), api('Staff', `records/${id}/delete`)])
      expect([404, 405]).toContain(
        (await owner.send(path, { method, headers: { Origin: admin.url } })).status,
      );
  });

  it('asks a method override in vain', async () => {
    const answer = await owner.get('/admin/command/me/language?_method=POST', {
      'X-HTTP-Method-Override': 'POST',
    });
    expect(answer.status).toBe(404);
  });
});

describe('two hundred megabytes of a stranger', () => {
  const CHUNK = Buffer.alloc(64 * 1024, 'x');
  const SIZE = 200 * 1024 * 1024;

  /** Sends until it is answered or cut off; answers the status, and how much was taken. */
  function flood(path: string, type: string): Promise<{ status: number; sent: number }> {
    return new Promise((resolve) => {
      let sent = 0;
      let status = 0;
      const outgoing = httpRequest(`${admin.url}${path}`, {
        method: 'POST',
        headers: { Origin: admin.url, 'Content-Type': type, 'Content-Length': String(SIZE) },
      });
      const done = () => {
        outgoing.destroy();
        resolve({ status, sent });
      };
      outgoing.on('response', (answer) => {
        status = answer.statusCode ?? 0;
        done();
      });
      outgoing.on('error', done);
      const pump = (): void => {
        while (sent < SIZE && !outgoing.destroyed) {
          sent += CHUNK.length;
          if (!outgoing.write(CHUNK)) {
            outgoing.once('drain', pump);
            return;
          }
        }
      };
      pump();
    });
  }

  it.each([
    ['/admin/login', 'application/x-www-form-urlencoded', [413]],
    ['/admin/second-factor', 'application/x-www-form-urlencoded', [413]],
    ['/admin/api/resources/Product/actions/new', 'multipart/form-data; boundary=x', [303]],
    ['/admin/command/imports', 'application/octet-stream', [401]],
    ['/admin/command/me/language', 'application/json', [401]],
  ])('are not taken by %s', async (path, type, statuses) => {
    const { status, sent } = await flood(path, type);
    expect(statuses).toContain(status);
    expect(sent).toBeLessThan(SIZE / 4);
  });
});

describe('a session of somebody else', () => {
  it('is neither read nor ended by who is no owner', async () => {
    const finance = await asStaff(admin, 'finance');
    const view = (await finance.get('/admin/data/account')).json();
    const key = textIn((view['mine'] as readonly PanelJson[])[0]?.['key']);
    expect((await service.post(`/admin/command/me/sessions/${key}/end`, {})).status).toBe(404);
    expect((await service.get('/admin/data/account')).text).not.toContain(key);
    expect((await finance.get('/admin/data/account')).status).toBe(200);
  });

  it('is not made of a cookie that nobody signed', async () => {
    const { rows } = await admin.db.query<{ sid: string }>(
      'SELECT sid FROM staff_sessions LIMIT 1',
    );
    const thief = new PanelClient(admin.url);
    for (const cookie of [`kagong.sid=${rows[0]?.sid}`, `kagong.sid=s%3A${rows[0]?.sid}.AAAA`]) {
      thief.cookie = cookie;
      expect((await thief.get('/admin/data/account')).status).toBe(401);
    }
  });
});

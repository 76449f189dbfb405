import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STAFF_ROLES, type StaffRole } from '#domain';
import { entityName } from '../../apps/admin/src/resource/resource-definition.js';
import { RESOURCES } from '../../apps/admin/src/resources/registry.js';
import {
  asStaff,
  type PanelAnswer,
  type PanelClient,
  startTestAdmin,
  type TestAdmin,
} from '../support/admin.js';
import { nameOf, type PanelRoute, panelRoutes } from '../support/panel-routes.js';

/**
 * Who gets through to what, asked of the running panel. The expected answers stand beside the policy; after a wanted change:
 * UPDATE_ACCESS_MATRIX=1 writes them anew, and the difference is read before it is committed.
 */
const FILE = path.resolve(import.meta.dirname, '../../apps/admin/src/resources/access-matrix.json');
type Matrix = Record<string, string>;
const expected = JSON.parse(readFileSync(FILE, 'utf8')) as Record<'resources' | 'calls', Matrix>;

const MISSING = '0198c1d2-0000-7000-8000-000000000000';
const ACTIONS: Readonly<
  Record<string, (client: PanelClient, base: string) => Promise<PanelAnswer>>
> = {
  list: (client, base) => client.get(`${base}/actions/list`),
  search: (client, base) => client.get(`${base}/search/x`),
  show: (client, base) => client.get(`${base}/records/${MISSING}/show`),
  new: (client, base) => client.form(`${base}/actions/new`, {}),
  editForm: (client, base) => client.get(`${base}/records/${MISSING}/edit`),
  edit: (client, base) => client.form(`${base}/records/${MISSING}/edit`, {}),
  delete: (client, base) => client.form(`${base}/records/${MISSING}/delete`, {}),
  bulkDelete: (client, base) => client.form(`${base}/actions/bulkDelete`, {}),
};

let admin: TestAdmin;
const clients = new Map<StaffRole, PanelClient>();
beforeAll(async () => {
  admin = await startTestAdmin();
  for (const role of STAFF_ROLES) clients.set(role, await asStaff(admin, role));
});
afterAll(() => admin.close());

/** The roles that get past the gate, whatever awaits them behind it. */
async function rolesThat(ask: (client: PanelClient) => Promise<PanelAnswer>): Promise<string> {
  const asked = await Promise.all(
    [...clients].map(async ([role, client]) => [role, await ask(client)] as const),
  );
  const allowed = asked.filter(([role, answer]) => {
    // Whoever is let through finds nothing, is told what is wrong with the form, or sees a list; nothing breaks.
    expect([role, answer.status < 500, answer.status !== 401]).toEqual([role, true, true]);
    return answer.status !== 403 || answer.json()['code'] !== 'staff.forbidden';
  });
  return allowed.map(([role]) => role).join(' ');
}

function call({ method, path: pattern }: PanelRoute, client: PanelClient): Promise<PanelAnswer> {
  const address = `/${pattern.replace(/:\w+/g, 'x')}`;
  return method === 'GET' ? client.get(address) : client.post(address, {});
}

describe('the matrix of roles, resources and actions', () => {
  const found: Record<'resources' | 'calls', Matrix> = { resources: {}, calls: {} };
  afterAll(() => {
    if (process.env['UPDATE_ACCESS_MATRIX'])
      writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  });
  const isWriting = process.env['UPDATE_ACCESS_MATRIX'] !== undefined;

  it.each(RESOURCES.map(entityName))('holds for %s', async (resource) => {
    for (const [action, ask] of Object.entries(ACTIONS)) {
      const name = `${resource} ${action}`;
      const roles = await rolesThat((client) => ask(client, `/admin/api/resources/${resource}`));
      if (roles !== '') found.resources[name] = roles;
      if (!isWriting) expect([name, roles]).toEqual([name, expected.resources[name] ?? '']);
    }
  });

  it.each(panelRoutes().map((route) => [nameOf(route), route] as const))(
    'holds for %s',
    async (name, route) => {
      found.calls[name] = await rolesThat((client) => call(route, client));
      if (!isWriting) expect(found.calls[name]).toBe(expected.calls[name] ?? '(not in the matrix)');
    },
  );

  it('names nothing that is gone', () => {
    const known = new Set([
      ...RESOURCES.flatMap((one) =>
        Object.keys(ACTIONS).map((action) => `${entityName(one)} ${action}`),
      ),
      ...panelRoutes().map(nameOf),
    ]);
    const named = [...Object.keys(expected.resources), ...Object.keys(expected.calls)];
    if (!isWriting) expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

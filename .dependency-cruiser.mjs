// The rooms of ARCHITECTURE.md: who may import whom. `npm run verify` enforces it and draws the graph.

/** For each package of the house, those it may import; anything else is refused. */
export const MAY_IMPORT = {
  wbem: [],
  access: ['wbem'],
  'com-core': ['wbem'],
  auth: ['wbem', 'access', 'com-core'],
  privileges: ['wbem', 'access', 'com-core', 'auth'],
  events: ['wbem', 'access', 'com-core', 'auth', 'privileges'],
  embedded: ['wbem', 'access', 'auth'],
  provider: ['wbem', 'access', 'com-core', 'auth', 'privileges'],
};

const TESTS = '(\\.test|/testing|\\.example)\\.ts$';

/** The half of access that asks the OS; it may import com-core, and nothing of the other half may import it. */
const NATIVE_HALF = '^packages/access/(src/)?native/';

const notAllowed = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `${name}-imports-down-only`,
  comment: `@wmisec/${name} may import ${['itself', ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^packages/${name}/`, ...(name === 'access' ? { pathNot: NATIVE_HALF } : {}) },
  to: { path: '^(packages|apps)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...notAllowed,
    {
      name: 'a-new-package-needs-a-line-here',
      comment: 'MAY_IMPORT says what it may import',
      severity: 'error',
      from: { path: '^packages/([^/]+)/', pathNot: `^packages/(${Object.keys(MAY_IMPORT).join('|')})/` },
      to: { path: '^packages/', pathNot: '^packages/$1/' },
    },
    {
      name: 'access-native-imports-com-core-only',
      comment: 'the native half of access asks the OS through com-core',
      severity: 'error',
      from: { path: NATIVE_HALF },
      to: { path: '^(packages|apps)/', pathNot: '^packages/(access|wbem|com-core)/' },
    },
    {
      name: 'access-is-pure-without-native',
      comment: 'who picks access alone installs no koffi: its native half is a door of its own',
      severity: 'error',
      from: { path: '^packages/access/src/', pathNot: `${NATIVE_HALF}|${TESTS}` },
      to: { path: NATIVE_HALF },
    },
    {
      name: 'koffi-in-com-core-only',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '^packages/com-core/' },
      to: { path: 'node_modules/koffi' },
    },
    {
      name: 'wbem-has-no-os',
      comment: 'the vocabulary runs anywhere',
      severity: 'error',
      from: { path: '^packages/wbem/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core', 'npm', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'no-sockets-in-embedded',
      severity: 'error',
      from: { path: '^packages/embedded/src/', pathNot: TESTS },
      to: { path: '^(net|tls|dgram|http|https|http2)$', dependencyTypes: ['core'] },
    },
    {
      name: 'packages-do-not-know-apps-or-tooling',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: TESTS },
      to: { path: '^(tooling|apps/(?!cli/))' },
    },
    {
      name: 'through-the-front-door',
      comment: 'another package is reached by its name, never by a path into it',
      severity: 'error',
      from: { path: '^(?:packages|apps)/([^/]+)/' },
      to: {
        path: '^(packages|apps)/',
        pathNot: '^(?:packages|apps)/$1/',
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    exclude: '/(dist|\\.cache)/',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@wmisec/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};

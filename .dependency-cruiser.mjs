// Who may import whom: the table of docs/architecture.md as rules. A folder that is not in the table fails.

/** Room of the sandbox → rooms whose doors it may use. Everything may be used within a room. */
const rooms = {
  kernel: [],
  machine: ['kernel'],
  forge: ['kernel', 'machine'],
  pipeline: ['kernel', 'machine', 'forge'],
  world: ['kernel'],
  telemetry: ['kernel'],
  platform: ['kernel', 'machine', 'world', 'telemetry'],
  monitoring: ['kernel', 'machine', 'platform', 'world', 'telemetry'],
  dashboard: ['kernel', 'machine', 'platform', 'monitoring', 'world', 'telemetry'],
  checks: ['kernel', 'machine', 'forge', 'platform', 'monitoring', 'world', 'telemetry'],
  parts: ['kernel', 'machine', 'pipeline', 'platform', 'monitoring', 'dashboard', 'checks', 'tools'],
  tools: ['kernel', 'machine', 'forge', 'pipeline', 'platform', 'monitoring', 'world', 'telemetry'],
};

const under = (names) => `^sandbox/(${names.join('|')})(/|\\.ts$)`;
const tests = '\\.test\\.ts$';

export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(astro|virtual):|\\?(raw|url|worker)$' },
    },
    ...Object.entries(rooms).map(([room, mayUse]) => ({
      name: `${room}-uses-only-${mayUse.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: under([room]), pathNot: tests },
      to: { path: '^(sandbox|src|exercises|tests)/', pathNot: under([room, ...mayUse]) },
    })),
    {
      name: 'every-room-is-in-the-table',
      severity: 'error',
      from: {},
      to: { path: '^sandbox/', pathNot: under([...Object.keys(rooms), 'hosts', 'engine', 'snapshot', 'passing']) },
    },
    {
      name: 'sandbox-knows-no-site',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|exercises|tests)/' },
    },
    {
      name: 'only-hosts-know-hosts',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: `^sandbox/hosts/|${tests}` },
      to: { path: '^sandbox/hosts/' },
    },
    {
      name: 'the-sandbox-knows-no-node',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: `^sandbox/hosts/(build|node|webcontainer/inside)/|${tests}` },
      to: { dependencyTypes: ['core'], pathNot: '^(buffer|events)$' },
    },
    {
      name: 'exercises-use-only-checks',
      severity: 'error',
      from: { path: '^exercises/([^/]+)/', pathNot: tests },
      to: {
        path: '^(sandbox|src|tests|exercises|node_modules)/',
        pathNot: '^(sandbox/checks/index\\.ts$|exercises/$1/)',
      },
    },
    {
      name: 'the-site-uses-hosts-and-types',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: '^sandbox/', pathNot: '^sandbox/hosts/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '^(dist|node_modules|\\.astro)/|sandbox/machine/node/lib/|exercises/[^/]+/(incident/)?(start|solution|alternative|wrong)/',
    },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};

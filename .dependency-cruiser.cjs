// Who may import whom. The second level is a domain word, the same in every root, in this order; a
// feature knows the ones before it.
const features = ['outlet', 'staff', 'menu', 'tables', 'visits', 'ordering', 'payment']

/** In `root`, no feature imports one that comes after it. */
function inOrder(root, exceptions = {}) {
  return features.slice(0, -1).map((feature, index) => ({
    name: `${root}-${feature}-knows-no-later-feature`,
    severity: 'error',
    from: { path: `^${root}/${feature}/` },
    to: { path: `^${root}/(${features.slice(index + 1).join('|')})/`, ...exceptions[feature] },
  }))
}

const all = features.join('|')

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|vitest|vite/)|[?](worker&)?url$' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ imports nothing outside itself but the two libraries that are pure.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^(shared/|node_modules/(valibot|minisearch)/)' },
    },
    {
      name: 'kernel-knows-no-feature',
      severity: 'error',
      from: { path: '^shared/kernel/' },
      to: { path: '^shared/', pathNot: '^shared/kernel/' },
    },
    {
      name: 'shared-features-know-no-protocol',
      comment: 'protocol.ts imports every feature; a type back from tables/boot.ts is all that returns.',
      severity: 'error',
      from: { path: `^shared/(${all})/`, pathNot: '^shared/tables/boot\\.ts$' },
      to: { path: '^shared/protocol\\.ts$' },
    },
    ...inOrder('shared'),
    ...inOrder('server'),
    {
      name: 'server-never-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'client-never-server',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^server/platform/' },
      to: { path: `^(server|shared)/(${all})/` },
    },
    {
      name: 'no-foreign-commands',
      comment:
        "A feature never runs another feature's commands; what one means for another is in reactions.ts.",
      severity: 'error',
      from: { path: `^server/(${all})/` },
      to: { path: '\\.commands\\.ts$', pathNot: '^server/$1/' },
    },
    {
      name: 'only-own-and-read-functions',
      comment:
        "Of another feature, a server feature imports its store and its queries' door check. The one exception: visits/seating.ts, since an order opens the visit that it hangs on.",
      severity: 'error',
      from: { path: `^server/(${all})/` },
      to: {
        path: `^server/(${all})/`,
        pathNot: ['^server/$1/', '\\.(store|queries)\\.ts$', '^server/visits/seating\\.ts$'],
      },
    },
    {
      name: 'seating-is-for-ordering',
      severity: 'error',
      from: { path: `^server/(${all})/`, pathNot: '^server/(visits|ordering)/' },
      to: { path: '^server/visits/seating\\.ts$' },
    },
    {
      name: 'no-http-in-commands-and-stores',
      severity: 'error',
      from: { path: '\\.(commands|store)\\.ts$' },
      to: { path: '^node_modules/(hono|@hono)/' },
    },
    {
      name: 'client-features-stand-alone',
      comment: 'Only pages compose features.',
      severity: 'error',
      from: { path: '^client/([^/]+)/', pathNot: '^client/(pages|sync|ui|i18n|sw)/' },
      to: { path: '^client/([^/]+)/', pathNot: '^client/($1|sync|ui|i18n)/' },
    },
    {
      name: 'sync-ui-and-words-know-no-feature',
      severity: 'error',
      from: { path: '^client/(sync|ui|i18n|sw)/' },
      to: { path: '^client/', pathNot: '^client/(sync|ui|i18n|sw)/' },
    },
    {
      name: 'sync-knows-no-feature-rule',
      comment: 'The wire is all that the outbox and the feed know.',
      severity: 'error',
      from: { path: '^client/sync/' },
      to: { path: `^shared/(${all})/` },
    },
    {
      name: 'ui-knows-no-domain',
      severity: 'error',
      from: { path: '^client/ui/' },
      to: { path: `^shared/(${all})/` },
    },
    {
      name: 'worker-never-touches-the-app',
      severity: 'error',
      from: { path: '^client/sw/' },
      to: { path: '^(client/(?!sw/)|shared/|server/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}

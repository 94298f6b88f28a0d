/** The direction of the layers (core ← advanced ← integrations ← memx), enforced with type-only imports included. */
const within = (name, path, forbidden, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path },
  to: { path: forbidden },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle, even of types, hides which part is the lower one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    within(
      'core-looks-nowhere',
      '^packages/core/src',
      '^packages/(advanced|integrations|memx)/|node_modules',
      '@memx/core has no runtime dependencies.',
    ),
    within(
      'advanced-looks-down',
      '^packages/advanced/src',
      '^packages/(integrations|memx)/',
      '@memx/advanced knows only @memx/core.',
    ),
    within(
      'integrations-look-down',
      '^packages/integrations/src',
      '^packages/memx/',
      'The unscoped bin sits on top.',
    ),
    within(
      'across-packages-through-exports',
      '^packages/([^/]+)/',
      '^packages/(?!$1/)[^/]+/src',
      'Other packages are reached through their exports only.',
    ),
    within(
      'apps-use-exports',
      '^apps/',
      '^packages/[^/]+/src',
      'Apps are users: they see what is published.',
    ),
    within(
      'adapters-are-strangers',
      '^packages/integrations/src/(express|fastify|nest|vitest|metrics|cli)/',
      '^packages/integrations/src/(?!$1/)(express|fastify|nest|vitest|metrics|cli)/',
      'Importing one adapter must never load another framework.',
    ),
    within(
      'render-is-pure',
      '^packages/integrations/src/render/',
      '^(node:)?(fs|child_process|net|http|worker_threads)(/|$)',
      'render/ turns a report into a string and does no I/O.',
    ),
    within(
      'stages-series',
      '^packages/core/src/(model|series)/',
      '^packages/core/src/(sampler|track|source)/',
      'A series knows nothing of who sampled it.',
    ),
    within(
      'stages-track',
      '^packages/core/src/(source|sampler)/',
      '^packages/core/src/track/',
      'The verbs sit on top of the sampler.',
    ),
    within(
      'stages-leak',
      '^packages/advanced/src/(inspector|allocation|snapshot|graph|compare|process)/',
      '^packages/advanced/src/leak/',
      'Evidence knows nothing of verdicts.',
    ),
    {
      name: 'published-code-needs-no-dev-dependency',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-peer', 'type-only'],
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '/dist/|/test/fixtures/|^apps/[^/]+/node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};

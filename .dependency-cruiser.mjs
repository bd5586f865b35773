/** What each folder of src may import besides itself. The table in CONTRIBUTING.md is this one, in words. */
const layers = {
  jobs: { packages: ['@vscode/l10n'] },
  api: { folders: ['jobs'], packages: ['axios', '@vscode/l10n'], node: true },
  demo: { folders: ['jobs'], node: true },
  webview: {
    folders: ['jobs', 'details/protocol'],
    packages: ['@vscode-elements/elements', '@vscode/codicons', '@vscode/l10n'],
  },
  connections: {
    folders: ['jobs', 'api', 'collibra-jobs'],
    packages: ['vscode', '@vscode/l10n'],
    node: true,
  },
  views: { folders: ['jobs'], types: ['connections'], packages: ['vscode'] },
  details: { folders: ['jobs'], types: ['connections'], packages: ['vscode', '@vscode/l10n'], node: true },
  tools: { folders: ['jobs'], types: ['connections'], packages: ['vscode', '@vscode/l10n'] },
  commands: {
    folders: ['jobs', 'api', 'connections', 'views', 'details'],
    lazily: ['demo'],
    packages: ['vscode', '@vscode/l10n'],
    node: true,
  },
};

const inside = (folders) => folders.map((folder) => `^src/${folder}(/|\\.|$)`);

function rules(layer, { folders = [], types = [], lazily = [], packages = [], node = false }) {
  const from = { path: `^src/${layer}/` };
  const known = packages.flatMap((name) => [`^${name}(/|$)`, `^node_modules/(@types/)?${name}/`]);
  return [
    {
      name: `${layer}-folders`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: inside([layer, ...folders, ...types, ...lazily]) },
    },
    {
      name: `${layer}-packages`,
      severity: 'error',
      from,
      to: { pathNot: ['^src/', ...known], dependencyTypesNot: node ? ['core'] : [] },
    },
    ...types.map((folder) => ({
      name: `${layer}-knows-${folder}-by-types`,
      severity: 'error',
      from,
      to: { path: inside([folder]), dependencyTypesNot: ['type-only'] },
    })),
    ...lazily.map((folder) => ({
      name: `${layer}-loads-${folder}-when-asked`,
      severity: 'error',
      from,
      to: { path: inside([folder]), dynamic: false, dependencyTypesNot: ['type-only'] },
    })),
  ];
}

export default {
  forbidden: [
    ...Object.entries(layers).flatMap(([layer, row]) => rules(layer, row)),
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'browser-side-is-a-bundle-of-its-own',
      severity: 'error',
      from: { path: '^src/(extension|parts|telling)\\.ts$' },
      to: { path: '^src/webview/' },
    },
    {
      name: 'no-folder-without-a-row',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/(extension|parts|telling)\\.ts$',
          '^src/collibra-jobs\\.d\\.ts$',
          ...Object.keys(layers).map((name) => `^src/${name}/`),
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

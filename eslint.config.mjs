import js from '@eslint/js';
import ts from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';

/** What each layer of src may import besides itself. The table in CONTRIBUTING.md is this one, in words. */
const layers = {
  jobs: { from: [], packages: ['@vscode/l10n'] },
  api: { from: ['jobs'], packages: ['axios', '@vscode/l10n'], node: true },
  demo: { from: ['jobs'], packages: [], node: true },
  webview: { from: ['jobs', 'details/protocol.ts'], packages: ['@vscode-elements/elements', '@vscode/l10n'] },
  connections: { from: ['jobs', 'api'], packages: ['vscode', '@vscode/l10n'], node: true },
  views: { from: ['jobs', 'connections'], packages: ['vscode'], typesOnly: ['connections'] },
  details: { from: ['jobs', 'connections'], packages: ['vscode'], node: true, typesOnly: ['connections'] },
  tools: { from: ['jobs', 'connections'], packages: ['vscode'], typesOnly: ['connections'] },
  commands: {
    // The demo is loaded only when somebody asks for it, by import(), which the rule on packages lets pass.
    from: ['jobs', 'api', 'connections', 'views', 'details', 'tools', 'demo'],
    typesOnly: ['demo'],
    packages: ['vscode', '@vscode/l10n'],
    node: true,
  },
};

const folders = Object.keys(layers);

/** Zones of import-x/no-restricted-paths: a layer may not reach a folder that its row doesn't name. */
const zones = folders.flatMap((layer) => {
  const allowed = [layer, ...layers[layer].from];
  return [
    {
      target: `./src/${layer}`,
      from: './src',
      except: allowed.map((folder) => `./${folder}`),
      message: `src/${layer} may import only ${allowed.join(', ')}.`,
    },
  ];
});

const packageRules = folders.map((layer) => {
  const { packages, node, typesOnly = [] } = layers[layer];
  const names = packages.map((name) => name.replace(/[/]/g, '\\/')).join('|');
  const bare = [names && `(?:${names})(?:$|\\/)`, node && 'node:'].filter(Boolean).join('|');
  return {
    files: [`src/${layer}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: bare ? `^(?!\\.|${bare})` : '^(?!\\.)',
              message: `src/${layer} may use only ${[...packages, ...(node ? ['node'] : [])].join(', ') || 'no package'}.`,
            },
            ...typesOnly.map((folder) => ({
              regex: `/${folder}/`,
              allowTypeImports: true,
              message: `src/${layer} knows ${folder} by its types only.`,
            })),
          ],
        },
      ],
    },
  };
});

export default ts.config(
  { ignores: ['dist', 'out', '.vscode-test', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 350 }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'import-x/no-restricted-paths': ['error', { zones }] } },
  ...packageRules,
  {
    files: ['src/extension.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['./webview/*'], message: 'The browser side is a bundle of its own.' }] },
      ],
    },
  },
  {
    // mocha's own style: its functions return promises that mocha awaits, chained asserts are expressions.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
);

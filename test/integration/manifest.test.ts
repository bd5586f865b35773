import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/commands/ids';
import { extensionApi } from './support';

interface Manifest {
  readonly version: string;
  readonly types: string;
  readonly capabilities: object;
  readonly extensionKind: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>>;
    };
  };
}

describe('the manifest', () => {
  const extension = vscode.extensions.getExtension('collibra-jobs.collibra-jobs');
  const folder = extension?.extensionUri.fsPath ?? '/';
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const manifest = JSON.parse(read('package.json')) as Manifest;

  it('contributes exactly the commands that exist', async () => {
    await extensionApi();
    const contributed = manifest.contributes.commands.map(({ command }) => command).toSorted();
    assert.deepEqual(contributed, Object.values(commandIds).toSorted());
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      contributed.filter((command) => !registered.includes(command)),
      [],
    );
  });

  it('has a text for every key, and no text that nothing uses', () => {
    const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    const texts = Object.keys(JSON.parse(read('package.nls.json')) as object);
    assert.deepEqual([...new Set(used)].toSorted(), texts.toSorted());
  });

  it('ships every picture that the README shows', () => {
    // A package has it in small letters.
    const readme = readdirSync(folder).find((name) => name.toLowerCase() === 'readme.md') ?? '';
    const shown = [...read(readme).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
    assert.ok(shown.length > 0);
    for (const target of shown) assert.ok(read(target).length > 0);
  });

  it('ships the license of every package that is in its bundles, and says what has changed', () => {
    const notices = read('dist/third-party-notices.txt');
    const named = [...notices.matchAll(/^-{80}\n\n(\S+) \d+\.\d+\.\d+\S* \(\S+\)$/gm)].map(
      ([, name]) => name,
    );
    for (const name of Object.keys(manifest.dependencies)) assert.ok(named.includes(name), name);
    for (const license of notices.split(/^-{80}$/m).slice(1))
      assert.match(license, /copyright|creative commons/i);
    assert.match(read('changelog.md'), new RegExp(`^## \\[${manifest.version}\\]`, 'm'));
  });

  it('ships its types, and starts where a workspace is not trusted or not on the disk', () => {
    assert.match(read(manifest.types), /export interface CollibraJobs/);
    assert.deepEqual(manifest.capabilities, {
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
    // Next to the person first: there are the secret storage and the proxy.
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
  });

  it('keeps every setting out of the reach of a workspace', () => {
    for (const [name, { scope }] of Object.entries(manifest.contributes.configuration.properties))
      assert.equal(scope, 'application', name);
  });
});

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { commandIds } from '../../src/commands/ids';

const { commands, configuration, languageModelTools } = manifest.contributes;
const settings = Object.keys(configuration.properties);
const read = (file: string) => readFileSync(file, 'utf8');

/** The part of a document below a heading, to the next one. */
function section(file: string, heading: string): string {
  const [, rest] = read(file).split(`\n## ${heading}\n`);
  assert.ok(rest !== undefined, `${file} has no "${heading}"`);
  return rest.split('\n## ')[0] ?? '';
}

describe('the documents', () => {
  it('name each command and setting with the file that has it, and no other', () => {
    const named = new Map<string, string>();
    for (const [, file = '', names = ''] of section('CONTRIBUTING.md', 'Commands and settings').matchAll(
      /^- `([^`]+)`: (.*)$/gm,
    ))
      for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) named.set(name, read(`src/${file}`));
    const known = [...Object.keys(commandIds), ...settings.map((name) => name.replace('collibraJobs.', ''))];
    assert.deepEqual([...named.keys()].toSorted(), known.toSorted());
    for (const [name, code] of named) assert.match(code, new RegExp(`\\b${name}\\b`), name);
  });

  it('have a map with every file', () => {
    const map = section('CONTRIBUTING.md', 'The map');
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    assert.ok(files.length > 100);
    const named = [...map.matchAll(/[\w.-]+\.ts\b/g)].map(([name]) => name);
    const listed = section('CONTRIBUTING.md', 'Commands and settings');
    const missing = files.filter((file) => !named.includes(basename(file)) && !listed.includes(file));
    assert.deepEqual(missing, []);
    assert.deepEqual(
      named.filter((name) => !files.some((file) => basename(file) === name)),
      [],
    );
  });

  it('explain every command, setting and tool to people', () => {
    const titles = commands.map(({ title }) => texts[title.slice(1, -1) as keyof typeof texts]);
    const explained = section('README.md', 'Commands');
    for (const title of titles) {
      // "Copy Job ID, Name" stands for two, "Switch On, Switch Off" as well.
      const words = title.replace(/^Copy Job Name$/, 'Name');
      assert.ok(explained.includes(words), `the README doesn't explain "${title}"`);
    }
    for (const name of settings) assert.ok(section('README.md', 'Settings').includes(`\`${name}\``), name);
    for (const { toolReferenceName } of languageModelTools)
      assert.ok(section('README.md', 'Ask the assistant').includes(`#${toolReferenceName}`));
  });

  it('name a test for each threat, which is there', () => {
    const rows = read('SECURITY.md')
      .split('\n')
      .filter((line) => line.startsWith('|') && !/^\| (threat|---)/.test(line));
    assert.ok(rows.length > 15);
    for (const row of rows) {
      const proofs = (row.split('|')[3] ?? '').split(';').map((proof) => proof.trim());
      for (const proof of proofs) {
        const [, name = '', title = ''] = /`([^`]+)`\s*(.*)$/.exec(proof) ?? assert.fail(proof);
        const file = [`test/unit/${name}.test.ts`, `test/${name}.test.ts`, name].find(existsSync);
        assert.ok(file !== undefined, `${proof}: there is no such file`);
        if (title) assert.ok(read(file).includes(title), `${proof}: there is no such test`);
      }
    }
  });

  it('have an F5 that builds what it starts', () => {
    const { configurations } = JSON.parse(read('.vscode/launch.json')) as {
      configurations: { type: string; program?: string; preLaunchTask?: string }[];
    };
    const { tasks } = JSON.parse(read('.vscode/tasks.json')) as {
      tasks: { label: string; args: string[] }[];
    };
    const [first] = configurations;
    assert.equal(first?.type, 'extensionHost');
    assert.deepEqual(tasks.find(({ label }) => label === first.preLaunchTask)?.args, ['esbuild.mjs']);
    for (const { program } of configurations)
      if (program !== undefined) assert.ok(existsSync(program.replace('${workspaceFolder}/', '')), program);
  });

  it('tell of the version that is built', () => {
    assert.match(
      read('CHANGELOG.md'),
      new RegExp(`^## \\[${manifest.version}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm'),
    );
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type * as told from '../../../src/collibra-jobs';
import type { FailureKind } from '../../../src/jobs/failure';
import type { Job } from '../../../src/jobs/job';
import type { JobQuery } from '../../../src/jobs/query';

/** The types step fails where one is missing something of the other. */
type Same<A, B> = [A, keyof A] extends [B, keyof B]
  ? [B, keyof B] extends [A, keyof A]
    ? true
    : false
  : false;
const same: [Same<told.Job, Job>, Same<told.JobQuery, JobQuery>, Same<told.FailureKind, FailureKind>] = [
  true,
  true,
  true,
];

describe('the types for other extensions', () => {
  it("are those of the extension's own jobs, queries and failures", () => {
    assert.deepEqual(same, [true, true, true]);
  });

  it('stand alone, and the examples of the README are right by them', () => {
    const examples = [...readFileSync('README.md', 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
      ([, text = '']) => text,
    );
    assert.equal(examples.length, 2);
    const files = new Map(examples.map((text, n) => [join(process.cwd(), 'src', `example${n}.ts`), text]));
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      noEmit: true,
      types: ['node', 'vscode'],
    };
    const host = ts.createCompilerHost(options);
    const before = { ...host };
    host.fileExists = (name) => files.has(name) || before.fileExists(name);
    host.getSourceFile = (name, language) => {
      const text = files.get(name);
      return text === undefined
        ? before.getSourceFile(name, language)
        : ts.createSourceFile(name, text, language);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const problems = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => !file?.fileName.includes('node_modules'));
    assert.deepEqual(
      problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      [],
    );
    const own = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('node_modules'));
    assert.deepEqual(own.map(({ fileName }) => fileName.split('/').at(-1)).sort(), [
      'collibra-jobs.d.ts',
      'example0.ts',
      'example1.ts',
    ]);
  });
});

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Demo } from '../../src/demo/demo';
import { readCsv } from '../support/csv';
import { json, loopback } from '../support/loopback';
import { describeOver } from '../support/ui/generation';
import { openConnected } from '../support/ui/connected';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('taking jobs elsewhere', () => {
  let workbench: Workbench;
  let demo: Demo;
  before(async () => {
    const now = Date.now();
    ({ workbench, demo } = await openConnected({ clock: { now: () => now } }));
    await workbench.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  /** A running job whose name no other one has. */
  const running = () => {
    const all = demo.jobs().filter(({ state }) => state === 'RUNNING');
    const job = all.find(({ name }) => all.filter((other) => other.name === name).length === 1);
    assert.ok(job?.name);
    return { ...job, name: job.name };
  };
  const copied = () => workbench.evaluate((vscode) => vscode.env.clipboard.readText());
  const copy = async (entry: string, told: string) => {
    await workbench.tree().pickFromMenu(running().name, entry);
    await workbench.page.locator('.statusbar').getByText(told).waitFor();
    return copied();
  };
  const open = (link: string) =>
    workbench.evaluate(
      (vscode, given) => vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(given, true)),
      link,
    );
  const linkTo = (url: string) => `code-oss://collibra-jobs.collibra-jobs/job?url=${url}&id=${running().id}`;
  const heading = () => workbench.webview().getByRole('heading', { name: running().name });
  const asked = async () => [
    await workbench.quickInput.widget.count(),
    await workbench.dialog.box.count(),
    await workbench.notifications.item(/./).count(),
  ];

  it('copies the name of a job, the whole of it, and a link to it', async () => {
    const { name, id } = running();
    assert.equal(await copy('Copy Job Name', 'Copied the job name'), name);
    const whole = JSON.parse(await copy('Copy Job as JSON', 'Copied the job as JSON')) as Record<
      string,
      unknown
    >;
    assert.deepEqual([whole['id'], whole['name'], whole['state']], [id, name, 'running']);
    await workbench.tree().row(name).click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Copy Link to Job' }).waitFor();
    await shot(workbench, 'copy-menu');
    await workbench.page.keyboard.press('Escape');
    assert.equal(await copy('Copy Link to Job', 'Copied a link to the job'), linkTo(demo.url));
  });

  it('opens the page of a linked job at once, also when the window has just been loaded', async () => {
    await workbench.notifications.clear();
    await open(await copied());
    await heading().waitFor();
    assert.deepEqual(await asked(), [0, 0, 0]);
    await shot(workbench, 'link-opened');
    await workbench.runCommand('View: Close All Editors');
    await workbench.reload();
    await open(linkTo(demo.url));
    await heading().waitFor();
    assert.deepEqual(await asked(), [0, 0, 0]);
    await workbench.runCommand('View: Close All Editors');
  });

  it('offers to connect to an instance that only a link names, and sends it nothing', async () => {
    const stranger = await loopback((_request, response) => json(response, { results: [] }));
    await open(linkTo(stranger.url));
    const sentence = `The job of this link is on ${stranger.url}, which is not connected.`;
    assert.equal(await workbench.notifications.waitFor('not connected'), sentence);
    await shotInThemes(workbench, 'link-unknown');
    await workbench.notifications.answer('not connected', 'Connect');
    await workbench.quickInput.asks(`How do you sign in to ${new URL(stranger.url).host}`);
    await workbench.quickInput.pick('Bearer token');
    await workbench.quickInput.asks('Bearer token for');
    assert.equal(await workbench.quickInput.input.inputValue(), '');
    assert.deepEqual(stranger.arrived, []);
    await workbench.quickInput.cancel();
    assert.deepEqual(stranger.arrived, []);
    await stranger.close();
  });

  it('asks which connection is meant where labels tell two of one instance apart', async () => {
    const connect = (label?: string) =>
      workbench.evaluate(
        (vscode, given) => vscode.commands.executeCommand<string>('collibraJobs.connect', given),
        { name: label ?? 'Plain', url: demo.url, auth: { kind: 'bearer', token: demo.token }, label },
      );
    const { quickInput } = workbench;
    const added = [await connect(), await connect('MINE')];
    await open(linkTo(demo.url));
    await heading().waitFor();
    assert.deepEqual(await asked(), [0, 0, 0]);
    await workbench.runCommand('View: Close All Editors');
    added.push(await connect('THEIRS'));
    await open(linkTo(demo.url));
    await quickInput.asks('Open the job with which connection?');
    await shot(workbench, 'link-which');
    await quickInput.pick('THEIRS (THEIRS)');
    await workbench.webview().locator('header').getByText('THEIRS').first().waitFor();
    await workbench.runCommand('View: Close All Editors');
    for (const connection of added)
      await workbench.evaluate(
        (vscode, given) => vscode.commands.executeCommand('collibraJobs.removeConnection', given),
        { connection, confirm: false },
      );
  });

  it('says what is wrong with a link', async () => {
    await open('code-oss://collibra-jobs.collibra-jobs/job?url=https://acme.collibra.com');
    assert.equal(await workbench.notifications.waitFor('This link'), 'This link has no "id".');
    await workbench.notifications.clear();
  });

  it('opens a job in the browser where the connection says', async () => {
    await workbench.evaluate(async (vscode) => {
      const settings = vscode.workspace.getConfiguration('collibraJobs');
      const [first] = settings.get<object[]>('connections') ?? [];
      const jobUrl = 'https://acme.collibra.example/jobs?tab=a%26b&id={id}#{id}';
      await settings.update('connections', [{ ...first, jobUrl }], vscode.ConfigurationTarget.Global);
    });
    const { name, id } = running();
    await workbench.tree().row(name).waitFor();
    await workbench.tree().pickFromMenu(name, 'Open in Collibra');
    const question = await workbench.dialog.box.innerText();
    assert.ok(question.includes(`https://acme.collibra.example/jobs?tab=a%26b&id=${id}#${id}`), question);
    await shot(workbench, 'open-in-collibra');
    await workbench.dialog.answer('Cancel');
  });

  it('exports all jobs to the file that a person chooses', async () => {
    const { quickInput, notifications } = workbench;
    await workbench.runCommand('Collibra Jobs: Export Jobs…');
    await quickInput.asks('Export in which format?');
    await shot(workbench, 'export-format');
    await quickInput.pick('CSV');
    await quickInput.asks('Export the jobs of Production');
    // VS Code looks at the folder before it shows what is proposed.
    const proposed = JSON.stringify(join(workbench.folder, 'Production-jobs.csv'));
    await workbench.page.waitForFunction(
      `document.querySelector('.quick-input-box input').value === ${proposed}`,
    );
    await shot(workbench, 'export-file');
    await quickInput.accept();
    const all = demo.jobs();
    const count = all.length.toLocaleString('en');
    assert.equal(
      await notifications.waitFor('Exported'),
      `Exported ${count} jobs of Production to Production-jobs.csv.`,
    );
    await shotInThemes(workbench, 'exported');
    assert.deepEqual(await readdir(workbench.folder), ['Production-jobs.csv']);
    const text = await readFile(join(workbench.folder, 'Production-jobs.csv'), 'utf8');
    const [head = [], ...rows] = readCsv(text.slice(1));
    const at = (column: string) => rows.map((cells) => cells[head.indexOf(column)]);
    assert.deepEqual(at('id').toSorted(), all.map((job) => job.id).toSorted());
    assert.equal(at('state').filter((state) => state === 'failed').length, failed().length);
    await notifications.answer('Exported', 'Open');
    await workbench.page.locator('.tabs-container .tab').getByText('Production-jobs.csv').first().waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  const failed = () => demo.jobs().filter(({ state }) => state === 'ERROR');

  it('exports what a query matches for whoever calls it, without a word', async () => {
    const file = join(workbench.folder, 'failed.json');
    await workbench.notifications.clear();
    const count = await workbench.evaluate(
      (vscode, given) => vscode.commands.executeCommand('collibraJobs.export', given),
      { format: 'json', file, query: { states: ['failed'] } },
    );
    const jobs = JSON.parse(await readFile(file, 'utf8')) as { id: string; state: string }[];
    assert.equal(count, jobs.length);
    assert.deepEqual(
      jobs.map(({ id }) => id).toSorted(),
      failed()
        .map(({ id }) => id)
        .toSorted(),
    );
    assert.equal(await workbench.notifications.item('Exported').count(), 0);
    for (const [wrong, sentence] of [
      [{ format: 'xls', file }, 'must be one of csv, json'],
      [{ format: 'csv', file: 'jobs.csv' }, 'must be an absolute path'],
      [{ format: 'csv', file: join(file, 'x.csv') }, "x.csv was not written. Its folder doesn't exist."],
    ] as const)
      await assert.rejects(
        workbench.evaluate(
          (vscode, given) => vscode.commands.executeCommand('collibraJobs.export', given),
          wrong,
        ),
        (error: Error) => error.message.includes(sentence),
      );
  });
});

describeOver('core-2.0', 'an export that takes long', () => {
  let workbench: Workbench;
  let demo: Demo;
  before(async () => {
    ({ workbench, demo } = await openConnected({}));
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  it('shows how far it is, and leaves nothing when it is canceled', async () => {
    let page = 0;
    const held: (() => void)[] = [];
    const row = (n: number) => ({ id: `j${n}`, name: `Job ${n}`, state: 'COMPLETED', createdOn: 2e12 - n });
    const server = await loopback(({ query, path }, response) => {
      const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
      const rows = Array.from({ length: Math.min(limit, 5000 - offset) }, (_, n) => row(offset + n));
      if (path !== '/rest/2.0/jobs') json(response, {}, 404);
      // What the panel asks for is no page of the export, however many it wants.
      else if (query.has('states')) json(response, { total: 5000, results: [] });
      else if (limit < 1000) json(response, { total: 5000, results: rows });
      // The third page doesn't come until the test lets it.
      else if (++page < 3) json(response, { results: rows });
      else held.push(() => json(response, { results: rows }));
    });
    const file = join(workbench.folder, 'jobs.csv');
    const exporting = workbench.evaluate(
      async (vscode, { url, file }) => {
        const auth = { kind: 'bearer', token: 't' };
        const connect = { name: 'Large', url, auth, generation: 'core-2.0' };
        const connection = await vscode.commands.executeCommand('collibraJobs.connect', connect);
        const what = { connection, format: 'csv', file };
        return vscode.commands.executeCommand('collibraJobs.export', what);
      },
      { url: server.url, file },
    );
    const progress = workbench.notifications.item('Exporting the jobs of Large');
    await progress.filter({ hasText: /[\d,]+ of 5,000/ }).waitFor();
    await shotInThemes(workbench, 'export-progress');
    assert.match((await readdir(workbench.folder)).join(), /^\.jobs\.csv\..*\.part$/);
    await workbench.notifications.answer('Exporting the jobs of Large', 'Cancel');
    await progress.waitFor({ state: 'detached' });
    assert.equal(await exporting, undefined);
    assert.deepEqual(await readdir(workbench.folder), []);
    for (const answer of held) answer();
    await server.close();
  });
});

import assert from 'node:assert/strict';
import { json, loopback, type Loopback } from '../support/loopback';
import { pointUntil } from '../support/ui/pointAt';
import { describeOver } from '../support/ui/generation';
import { shot } from '../support/ui/screenshots';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

/** Texts that would do something if any place took them for markup, a command or an icon. */
const payloads = [
  '<img src=x onerror="document.title=\'owned\'">',
  '<script>document.title="owned"</script>',
  '[click](command:workbench.action.closeWindow) **bold**',
  '$(trash) ${{7*7}} `code`',
  '\u202Ereversed\n\n\nlines\u0000\u0007',
  '"></div><iframe srcdoc="<script>parent.document.title=\'owned\'</script>">',
];
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

describeOver('core-2.0', 'job text that is hostile', () => {
  let workbench: Workbench;
  let server: Loopback;
  let refusal: string | undefined;
  /** An import that has ended as badly as the others are named; it is of a kind with itself. */
  const imported = {
    ...{ id: id(9), resourceType: 'Job', name: payloads[0], type: 'IMPORT', state: 'COMPLETED' },
    ...{ result: payloads[1], message: `see https://example.com/a and javascript:alert(1) ${payloads[2]}` },
    ...{ createdOn: 1_600_000_000_000, startDate: 1_600_000_000_000, endDate: 1_600_000_060_000 },
  };
  const results = {
    resourceTypes: payloads.map((text) => ({
      resourceType: text,
      counters: { added: text },
      subcategories: [{ category: { id: text, name: text } }],
    })),
    errorsCount: payloads.length,
  };
  const errors = payloads.map((text) => ({
    ...{
      errorType: text,
      resourceType: text,
      errorMessage: text,
      command: { indices: [text], identifier: text },
    },
  }));
  const jobs = payloads.map((text, n) => ({
    ...{
      id: id(n),
      resourceType: 'Job',
      name: text,
      type: text,
      message: text,
      userId: id(7),
      createdBy: text,
    },
    ...{
      state: 'RUNNING',
      createdOn: 1_700_000_000_000 - n,
      startDate: 'soon',
      progressPercentage: -3,
      cancelable: 'yes',
    },
  }));

  before(async () => {
    server = await loopback((request, response) => {
      if (refusal !== undefined) {
        json(response, { userMessage: refusal }, 403);
        return;
      }
      const one = [...jobs, imported].find((job) => request.path.endsWith(`/${job.id}`));
      if (one) json(response, one);
      else if (request.path.endsWith('/summary')) json(response, results);
      else if (request.path.endsWith('/errors')) json(response, { total: errors.length, results: errors });
      else if (request.query.get('types') === 'IMPORT')
        json(response, { total: 2, results: [imported, { ...imported, id: id(8) }] });
      else if (request.path.startsWith('/rest/2.0/users/'))
        json(response, { id: request.path.split('/').at(-1), userName: 'x', firstName: payloads[0] });
      else if (request.path !== '/rest/2.0/jobs') json(response, {}, 404);
      else json(response, { total: jobs.length, results: [...jobs, { name: 'no id' }, null] });
    });
    workbench = await takeWindow();
    await workbench.evaluate(
      (vscode, url) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          name: '<b>x</b>',
          url,
          auth: { kind: 'bearer', token: 't' },
        }),
      server.url,
    );
    await workbench.openContainer('Collibra Jobs');
  });
  after(async () => {
    leaveWindow(workbench);
    await server.close();
  });

  it('is shown as text in the tree and its tooltip', async () => {
    const tree = workbench.tree();
    const first = tree.row(payloads[0] ?? '');
    await first.waitFor();
    assert.equal(await tree.pane.locator('.monaco-list-row').filter({ hasText: 'no id' }).count(), 0);
    const tooltip = workbench.page
      .locator('.monaco-hover.workbench-hover, .workbench-hover-container')
      .filter({ hasText: 'onerror' })
      .first();
    await pointUntil(first, tooltip);
    assert.equal(await tooltip.locator('img, script, iframe, a').count(), 0);
    await shot(workbench, 'hostile-tooltip');
  });

  it('is shown as text on the details page', async () => {
    for (const [n, text] of payloads.entries()) {
      await workbench.evaluate(
        (vscode, job) => vscode.commands.executeCommand('collibraJobs.openDetails', { job }),
        id(n),
      );
      const page = workbench.webview();
      await page
        .locator('main')
        .filter({ hasText: id(n) })
        .waitFor();
      assert.equal(await page.locator('img, iframe, main script').count(), 0, text);
      if (n === 0) await shot(workbench, 'hostile-details');
      await workbench.runCommand('View: Close All Editors');
    }
  });

  it('is shown as text in names of people, earlier runs, and what an import did', async () => {
    await workbench.evaluate(
      (vscode, job) => vscode.commands.executeCommand('collibraJobs.openDetails', { job }),
      id(9),
    );
    const page = workbench.webview();
    await page.locator('.imports tbody tr').nth(17).waitFor();
    await page.getByText('As a table').click();
    await page.locator('.past tbody tr').filter({ hasText: '<script>' }).first().waitFor();
    assert.equal(await page.locator('img, iframe, main script').count(), 0);
    const addresses = await page.locator('pre a').evaluateAll((links) => links.map(String));
    assert.deepEqual(addresses, ['https://example.com/a']);
    await shot(workbench, 'hostile-import');
    await workbench.runCommand('View: Close All Editors');
  });

  it('is shown as text in pick lists and notifications', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Open Details');
    await quickInput.asks('Open the details of which job?');
    await quickInput.input.fill('{{7*7}}');
    assert.equal(await quickInput.options.locator('.codicon-trash').count(), 0);
    assert.match(await quickInput.options.first().innerText(), /\(trash\)/);
    await quickInput.cancel();
    refusal = 'No [rights](command:workbench.action.files.newUntitledFile) here';
    await workbench.evaluate((vscode) => void vscode.commands.executeCommand('collibraJobs.refresh'));
    const notification = workbench.notifications.item('rights');
    await notification.waitFor();
    assert.equal(await notification.locator('a[href], .monaco-link').count(), 0);
    await shot(workbench, 'hostile-notification');
  });

  it('ran nowhere', async () => {
    assert.doesNotMatch(await workbench.page.title(), /owned/);
  });
});

import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import { hosts } from '../../host/hosts';
import { labelOf } from '../../support/step';
import { selectSteps } from '../../support/steps';

describe('the steps of the tests', () => {
  const labels = (...args: Parameters<typeof selectSteps>) => selectSteps(...args).map(labelOf);

  it('are every suite in the latest VS Code, over both generations, in one theme', () => {
    assert.deepEqual(
      labels([], false, {}).filter((label) => label.includes(',')),
      ['integration, latest', 'ui, latest, core-2.0, light', 'ui, latest, jobs-v1, light', 'faults, latest'],
    );
  });

  it('are the same for every VS Code, generation and theme in the whole matrix', () => {
    const themes = 'light+dark+highContrast+highContrastLight';
    assert.deepEqual(
      labels([], true, {}).filter((label) => label.includes(',')),
      [
        ...['latest', 'oldest'].flatMap((host) => [
          `integration, ${host}`,
          `ui, ${host}, core-2.0, ${themes}`,
          `ui, ${host}, jobs-v1, ${themes}`,
        ]),
        'faults, latest',
      ],
    );
    const others = (whole: boolean) => labels([], whole, {}).filter((label) => !label.includes(','));
    assert.deepEqual(others(true), others(false));
  });

  it('are those that a person chooses', () => {
    const chosen = { host: 'oldest', generation: 'jobs-v1', themes: ['dark'] } as const;
    assert.deepEqual(labels(['package', 'ui'], false, chosen), ['package', 'ui, oldest, jobs-v1, dark']);
    assert.throws(() => selectSteps(['uy'], false, {}), /There is no step uy/);
  });

  it('have the oldest VS Code that the manifest promises', () => {
    const [, promised] = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode) ?? [];
    assert.match(hosts.oldest.vscode, new RegExp(`^${promised}\\.\\d+$`));
  });
});

import { rm } from 'node:fs/promises';
import { endSession } from './session';
import { screenshots, shot } from './screenshots';
import { openWorkbenches } from './workbench';

/** Loaded by mocha around the whole ui suite. */
export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll() {
    await rm(screenshots, { recursive: true, force: true });
  },

  /** What a person would have seen when a test failed. */
  async afterEach(this: Mocha.Context) {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replaceAll(/[^\w]+/g, '-');
    for (const [index, workbench] of [...openWorkbenches].entries()) {
      workbench.spoiled = true;
      await shot(workbench, `failed-${name}-${index + 1}`);
    }
  },

  async afterAll() {
    for (const workbench of openWorkbenches) await workbench.close();
    await endSession();
  },
};

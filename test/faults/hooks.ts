import { mochaHooks as ui } from '../support/ui/hooks';

/** Those of the ui suite, whose pictures stay. */
const { afterEach, afterAll } = ui;
export const mochaHooks: Mocha.RootHookObject = { afterEach, afterAll };

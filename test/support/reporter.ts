import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { type Results, resultsVariable } from './results';

/**
 * Prints like mocha's `spec`, and writes the counts to the file that the runner named. A rejection that nobody
 * handles counts as a failure: mocha leaves it to whoever else listens, and in VS Code's extension host somebody
 * always does.
 */
export default class ResultsReporter extends Mocha.reporters.Spec {
  /** Whether a rejection with this stack counts. */
  static counts: (stack: string) => boolean = () => true;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // By promise: mocha passes on what it hears, so that the same one comes twice.
    const unhandled = new Map<Promise<unknown>, string>();
    process.on('unhandledRejection', (reason, promise) => {
      const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
      if (ResultsReporter.counts(text)) unhandled.set(promise, text);
    });
    runner.once('end', () => {
      for (const text of unhandled.values()) console.error(`Nobody handled this rejection: ${text}`);
      const { passes, failures } = this.stats;
      const results: Results = { passed: passes, failed: failures + unhandled.size };
      const file = process.env[resultsVariable];
      if (file !== undefined) writeFileSync(file, JSON.stringify(results));
    });
  }
}

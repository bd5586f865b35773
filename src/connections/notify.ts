import { endings, tellings, type Ending, type Telling } from '../jobs/ending';
import { configuration } from './settings';

/** Whose jobs are told of: those that are watched, unless the setting is one of the others. */
export function telling(): Telling {
  const value = configuration().get<unknown>('notify');
  return tellings.find((each) => each === value) ?? 'watched';
}

/** The setting's words for ends that it doesn't name. */
const named: Partial<Record<Ending, Ending>> = { aborted: 'withErrors', gone: 'canceled' };

/** Which kinds of ends are told; all of them where the setting can't be understood. */
export function toldEndings(): readonly Ending[] {
  return endings.filter((ending) => isTold(named[ending] ?? ending));
}

/** Whether it is told that a job takes longer than usual. */
export function toldSlow(): boolean {
  return isTold('slow');
}

function isTold(what: string): boolean {
  const value = configuration().get<unknown>('notifyAbout');
  return !Array.isArray(value) || value.includes(what);
}

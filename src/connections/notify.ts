import { endings, tellings, type Ending, type Telling } from '../jobs/ending';
import { configuration } from './settings';

/** Whose ends are told: what is watched, unless the setting is one of the others. */
export function telling(): Telling {
  const value = configuration().get<unknown>('notify');
  return tellings.find((each) => each === value) ?? 'watched';
}

/** Which kinds of ends are told; all of them where the setting can't be understood. */
export function toldEndings(): readonly Ending[] {
  const value = configuration().get<unknown>('notifyAbout');
  return Array.isArray(value) ? endings.filter((each) => value.includes(each)) : endings;
}

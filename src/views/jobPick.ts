import type { Session } from '../connections/session';
import { jobTitle, oneLine } from '../jobs/format';
import type { Job } from '../jobs/job';
import { jobDescription, jobIcon, spokenState } from './jobItem';
import { plain } from './notifications';

/** A job in a pick list. `more` tells it from jobs of other instances. */
export function jobPick(session: Session, job: Job, more?: string) {
  return {
    label: plain(oneLine(jobTitle(job), 120)),
    iconPath: jobIcon(session, job),
    description: plain(howItIs(session, job)),
    detail: plain(whichItIs(job, more)),
  };
}

/** State, cancel, progress and age. */
export function howItIs(session: Session, job: Job): string {
  return [spokenState(session, job), jobDescription(session, job)].filter(Boolean).join(' · ');
}

/** Jobs of the same name are ordinary: the id tells which one it is. */
export function whichItIs({ id, type }: Job, more?: string): string {
  return [type && oneLine(type, 60), id, more].filter(Boolean).join(' · ');
}

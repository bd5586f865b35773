import { openInstance, type Instance, type OpenOptions } from '../api/open';
import { systemClock } from '../jobs/clock';
import { EarlierRuns } from '../jobs/earlier';
import { FilteredJobs, type FilteredOptions } from '../jobs/filtered';
import type { Job } from '../jobs/job';
import { Pace, type PaceMemory } from '../jobs/pace';
import type { Users } from '../jobs/query';
import type { Store } from '../jobs/store';
import { Watcher, type WatchOptions } from '../jobs/watcher';
import type { ShownJobs } from './shownJobs';

/** What a session asks its instance with. */
export interface Live extends Instance {
  readonly watcher: Watcher;
  readonly earlier: EarlierRuns;
  readonly pace: Pace;
  /** The names of the users of a job by their ids, where the instance tells them. Each user is asked for once. */
  names(job: Job): Promise<Readonly<Record<string, string>>>;
}

/** What shows the jobs of a session, and how. */
export interface LiveOptions extends Pick<FilteredOptions, 'now' | 'looking'> {
  readonly store: Store;
  readonly shown: ShownJobs;
  /** See `WatchOptions`. */
  sizes(): Pick<WatchOptions, 'pageSize' | 'budget'>;
  readonly usual: PaceMemory;
}

/** Makes the ports of a session, and what asks for its lists. Loaded when the instance is first asked. */
export async function openLive(given: OpenOptions, options: LiveOptions): Promise<Live> {
  const { store, shown } = options;
  const instance = await openInstance(given);
  const filtered = new FilteredJobs(instance.jobs, { ...options, filter: () => shown.filter });
  const earlier = new EarlierRuns(instance.jobs, systemClock);
  const watching = () => ({ ...options.sizes(), sort: shown.sorted });
  return {
    ...instance,
    watcher: new Watcher(filtered, store, systemClock, watching),
    earlier,
    pace: new Pace((job) => earlier.of(job), options.usual),
    names: (job) => namesOf(instance.users, job),
  };
}

async function namesOf(users: Users, { createdBy, lastModifiedBy, user }: Job) {
  const ids = [...new Set([createdBy, lastModifiedBy, user])].filter((id) => id !== undefined);
  const named = await Promise.all(ids.map(async (id) => [id, (await users.user(id))?.name] as const));
  return Object.fromEntries(named.flatMap(([id, name]) => (name === undefined ? [] : [[id, name]])));
}

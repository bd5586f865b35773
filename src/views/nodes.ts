import type { Session } from '../connections/session';
import type { Job, JobState } from '../jobs/job';

/** The rows of the tree. A row is one object for as long as it is shown: VS Code tells rows apart by identity. */
export type Node = ConnectionNode | GroupNode | JobNode | MoreNode | NoticeNode;

export interface ConnectionNode {
  readonly kind: 'connection';
  readonly id: string;
  readonly session: Session;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly session: Session;
  readonly group: JobState;
}

export interface JobNode {
  readonly kind: 'job';
  readonly id: string;
  readonly session: Session;
  /** As it was last shown. */
  job: Job;
}

/** "Load more" at the end of a group. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly session: Session;
  readonly group: JobState;
}

/** A sentence in place of rows, for example why a group could not be read. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly session: Session;
  readonly text: string;
  /** What a click does about it. */
  readonly command?: string;
}

export function isJobNode(value: unknown): value is JobNode {
  return isNode(value) && value.kind === 'job';
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'session' in value;
}

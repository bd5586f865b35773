import type { DetailsState, ImportState, PastState } from '../details/protocol';

/** What the page shows: what the extension has sent of it so far. */
export interface Shown extends DetailsState {
  readonly past?: PastState;
  readonly imports?: ImportState;
}

/** A part of the page, which patches itself. */
export interface Part {
  readonly root: HTMLElement;
  /** `now` is the server's clock, ms since the epoch. */
  render(shown: Shown, now: number): void;
}

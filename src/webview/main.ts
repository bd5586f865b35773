import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import './details.css';
import * as l10n from '@vscode/l10n';
import type { DetailsMemento, DetailsState, FromPage, ToPage } from '../details/protocol';
import { speak } from '../jobs/language';
import { createActions } from './actions';
import { createBanners, createFacts } from './body';
import { element, setText } from './dom';
import { createHead } from './head';
import { createImports } from './imports';
import { instantFormatter } from './instants';
import { createMessage } from './message';
import type { Shown } from './part';
import { createPast } from './past';
import { receive, receiveJob } from './receive';
import { isLive, news } from './status';
import { createTimeline } from './timeline';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: DetailsMemento): void;
};

const vscode = acquireVsCodeApi();
const frame = document.getElementById('page') ?? document.body;
// Before anything is built: every sentence is made in the person's language.
const { l10n: bundle = '{}' } = frame.dataset;
l10n.config({ contents: bundle });
speak(document.documentElement.lang, bundle !== '{}');

const post = (message: FromPage) => vscode.postMessage(message);
const { lang } = document.documentElement;
const formatInstant = instantFormatter(lang);
const actions = createActions(post);
const parts = [
  createHead(),
  actions,
  createBanners(),
  createTimeline(instantFormatter(lang, { timeStyle: 'short' })),
  createMessage(),
  createImports(post),
  createPast(formatInstant, (job) => post({ kind: 'open', job })),
  createFacts(formatInstant),
];
/** What is there before anything is known: the title, and what the page waits for. */
const waitingFor = element('p', { class: 'muted' }, l10n.t('Loading…'));
const loading = element('header', { class: 'loading' }, element('h1', {}, document.title), waitingFor);
const page = element('main', {}, loading);
/** Sentences for screen readers; what changed is on the page already for those who see it. */
const spoken = element('p', { class: 'spoken', role: 'status' });
frame.append(page, spoken);

let shown: Shown | undefined;
/** What may come before the job does. */
let more: Pick<Shown, 'past' | 'imports'> = {};

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.kind) {
    case 'state':
      update(receive(data.state));
      break;
    case 'past':
      add({ past: { ...data.past, runs: data.past.runs.map(receiveJob) } });
      break;
    case 'imports':
      add({ imports: data.imports });
      break;
    case 'unavailable':
      unavailable(data.problem);
      break;
  }
});
post({ kind: 'ready' });

function update(state: DetailsState): void {
  if (!shown) fill();
  const told = shown ? news(shown, state) : [];
  if (told.length > 0) setText(spoken, told.join(' '));
  shown = { ...state, ...more };
  vscode.setState({ connection: state.connection.id, job: state.job.id });
  render();
}

function add(parts: typeof more): void {
  more = { ...more, ...parts };
  if (shown) shown = { ...shown, ...more };
  render();
}

/** Puts the parts in the place of what was waited for. The buttons may have been there, with the focus. */
function fill(): void {
  const focused = document.activeElement;
  page.replaceChildren(...parts.map((part) => part.root));
  if (focused instanceof HTMLElement && actions.root.contains(focused)) focused.focus();
}

/** Nothing can be shown, or nothing newer than what is. */
function unavailable(problem: string): void {
  if (shown) {
    update({ ...shown, problem });
    return;
  }
  setText(waitingFor, problem);
  loading.classList.remove('loading');
  setText(spoken, problem);
  page.replaceChildren(loading, actions.root);
}

let ticking: ReturnType<typeof setTimeout> | undefined;

/** Patches the page, and again when the time that has passed shows: each second while the job goes on. */
function render(): void {
  clearTimeout(ticking);
  if (!shown) return;
  const now = Date.now() + shown.clockOffset;
  for (const part of parts) part.render(shown, now);
  ticking = setTimeout(render, isLive(shown) ? 1000 : 30_000);
}

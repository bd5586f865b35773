import * as l10n from '@vscode/l10n';
import { formatProgress, jobTitle, oneLine, wholePercent } from '../jobs/format';
import { element, icon, setAttribute, setIcon, setText, show } from './dom';
import type { DetailsState } from '../details/protocol';
import type { Part } from './part';
import { isLive, statusOf } from './status';

/** Where the job is, its name, state and progress. */
export function createHead(): Part {
  const instance = element('span');
  const badge = element('span', { class: 'badge' });
  const address = element('a', { class: 'secondary' });
  const title = element('h1');
  const stateIcon = icon();
  const stateText = element('span', { class: 'state' });
  const result = element('span', { class: 'result' });
  const who = element('span', { class: 'result' });
  const status = element('p', { class: 'status' }, stateIcon, stateText, result, who);
  const progress = createProgress();
  const root = element(
    'header',
    {},
    element('p', { class: 'instance' }, badge, instance, address),
    title,
    status,
    progress.root,
  );
  return {
    root,
    render(state, now) {
      const { connection, job } = state;
      setText(instance, oneLine(connection.name));
      setText(badge, oneLine(connection.label ?? ''));
      setAttribute(badge, 'data-color', connection.color);
      show(badge, Boolean(connection.label ?? connection.color));
      setText(address, oneLine(connection.url));
      setAttribute(address, 'href', webAddress(connection.url));
      setText(title, jobTitle(job));
      const { tone, icon: name, text, result: words } = statusOf(job);
      setAttribute(root, 'data-tone', tone);
      setIcon(stateIcon, name);
      setAttribute(status, 'data-live', isLive(state) ? '' : undefined);
      setText(stateText, text);
      setText(result, words ?? '');
      show(result, words !== undefined);
      const person = whoOf(state);
      setText(who, person === undefined ? '' : l10n.t('by {0}', person));
      show(who, person !== undefined);
      progress.render(state, now);
    },
  };
}

/** The bar: how far the job is, or that it runs when nobody knows how far. */
function createProgress(): Part {
  const bar = element('vscode-progress-bar', { 'aria-label': l10n.t('Progress') });
  const percent = element('span', { class: 'percent' });
  const root = element('div', { class: 'progress' }, bar, percent);
  return {
    root,
    render(state) {
      const { job } = state;
      const known = job.progress !== undefined;
      // Of one that went through, how far it says to have come is no news, and often wrong.
      show(root, job.state !== 'completed' && (known || (isLive(state) && job.state !== 'waiting')));
      setAttribute(bar, 'value', known ? String(wholePercent(job.progress)) : undefined);
      setText(percent, known ? formatProgress(job.progress) : '');
    },
  };
}

/** Who started it, where that is known by name. */
function whoOf({ job: { createdBy, user }, users }: DetailsState): string | undefined {
  const name = [user, createdBy].find((id) => id !== undefined && Object.hasOwn(users, id));
  return name === undefined ? undefined : oneLine(users[name] ?? '');
}

/** The address as a link, when it is one of the web. */
function webAddress(url: string): string | undefined {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

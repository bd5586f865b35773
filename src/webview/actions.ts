import * as l10n from '@vscode/l10n';
import type { FromPage, PageCommand } from '../details/protocol';
import { element, icon, show } from './dom';
import type { IconName } from './icons';
import type { Part } from './part';

/** A button that says to the extension what was asked for; nothing happens in the page. */
export function button(label: string, iconName: IconName, press: () => void, name = ''): HTMLElement {
  const before = icon(iconName);
  before.slot = 'content-before';
  const made = element('vscode-button', { secondary: '', 'data-action': name }, before, label);
  made.addEventListener('click', press);
  made.addEventListener('keydown', keepKeysInPlace, { capture: true });
  return made;
}

/** What can be done with the job. */
export function createActions(post: (message: FromPage) => void): Part {
  const action = (command: PageCommand, iconName: IconName, label: string) =>
    button(label, iconName, () => post({ kind: 'command', command }), command);
  const cancel = action('cancel', 'stop-circle', l10n.t('Cancel job…'));
  const watch = action('watch', 'bell', l10n.t('Tell me when it ends'));
  const unwatch = action('unwatch', 'bell-slash', l10n.t('Stop watching'));
  const refresh = button(l10n.t('Refresh'), 'refresh', () => post({ kind: 'refresh' }), 'refresh');
  const compare = action('compare', 'diff', l10n.t('Compare…'));
  const root = element(
    'div',
    { class: 'actions' },
    cancel,
    watch,
    unwatch,
    refresh,
    action('copyId', 'copy', l10n.t('Copy ID')),
    action('copyLink', 'link', l10n.t('Copy link')),
    action('openInCollibra', 'link-external', l10n.t('Open in Collibra')),
    compare,
    action('showJson', 'json', l10n.t('Raw JSON')),
  );
  for (const each of [cancel, watch, unwatch]) show(each, false);
  return {
    root,
    render({ canCancel, canWatch, watched }) {
      const left = document.activeElement;
      show(cancel, canCancel);
      show(watch, canWatch && !watched);
      show(unwatch, canWatch && watched);
      // A button that goes takes the focus with it; the next one keeps the person where they were.
      const next = left === watch && watched ? unwatch : left === unwatch && canWatch ? watch : refresh;
      if (left instanceof HTMLElement && left.hidden) next.focus();
    },
  };
}

/** The library's button acts on every repeat of a held key, and leaves Space to scroll the page. */
function keepKeysInPlace(event: KeyboardEvent): void {
  if (event.key !== ' ' && event.key !== 'Enter') return;
  if (event.key === ' ') event.preventDefault();
  if (event.repeat) event.stopPropagation();
}

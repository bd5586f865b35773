import * as l10n from '@vscode/l10n';
import { plural } from '../jobs/language';
import { fold, prettyMessage, textParts } from '../jobs/message';
import { element, setAttribute, setText, show } from './dom';
import type { Part } from './part';
import { isLive } from './status';

/** The job's message: text as it came with its addresses as links, JSON laid out, what is long folded. */
export function createMessage(): Part {
  const text = element('pre', {
    id: 'message-text',
    tabindex: '0',
    role: 'group',
    'aria-labelledby': 'message',
  });
  const none = element('p', { class: 'muted' }, l10n.t('No message'));
  const more = element('button', { class: 'plain', type: 'button', 'aria-controls': 'message-text' });
  const root = element(
    'section',
    { class: 'message', 'aria-labelledby': 'message' },
    element('h2', { id: 'message' }, l10n.t('Message')),
    text,
    more,
    none,
  );
  let last: string | undefined;
  let whole = false;
  const fill = () => {
    const pretty = prettyMessage(last ?? '');
    const folded = fold(pretty.text);
    setAttribute(text, 'class', pretty.json ? 'json' : 'plain');
    text.replaceChildren(
      ...(folded && !whole ? [...linked(folded.start, true), '\n…'] : linked(pretty.text)),
    );
    show(more, folded !== undefined);
    setAttribute(more, 'aria-expanded', String(whole));
    setText(more, whole ? l10n.t('Show less') : moreText(folded?.lines ?? 0, pretty.text.length));
  };
  more.addEventListener('click', () => {
    whole = !whole;
    fill();
  });
  return {
    root,
    render(shown) {
      const message = shown.job.message ?? '';
      // Laying out a long message once a second would be wasted.
      if (message !== last) {
        last = message;
        fill();
      }
      const empty = message.trim() === '';
      show(text, !empty);
      show(none, empty);
      show(root, !empty || !isLive(shown));
    },
  };
}

/** What the rest of a folded text is. */
function moreText(lines: number, length: number): string {
  return lines > 1
    ? plural(lines, { other: (n) => l10n.t('Show all {0} lines', n) })
    : plural(length, { other: (n) => l10n.t('Show all {0} characters', n) });
}

/** Text, and links in it; not the last, where the text was cut. VS Code opens them outside, after asking. */
function linked(text: string, cut = false): (Node | string)[] {
  const parts = textParts(text);
  return parts.map((part, at) =>
    part.href === undefined || (cut && at === parts.length - 1)
      ? part.text
      : element('a', { href: part.href }, part.text),
  );
}

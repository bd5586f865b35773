import * as l10n from '@vscode/l10n';
import type { FromPage, ImportState } from '../details/protocol';
import { matchingErrors } from '../jobs/importErrors';
import { formatNumber } from '../jobs/language';
import type { ImportCounts, ImportError } from '../jobs/query';
import { button } from './actions';
import { element, setText, show, table } from './dom';
import type { Part } from './part';

type Result = Extract<ImportState, { kind: 'result' }>;

/** What the import added, updated and removed, and what it refused. */
export function createImports(post: (message: FromPage) => void): Part {
  const note = element('p', { class: 'muted' });
  const counts = element('tbody');
  const summary = table([l10n.t('Resource'), l10n.t('Added'), l10n.t('Updated'), l10n.t('Removed')], counts);
  const errors = createErrors(post);
  const root = element(
    'section',
    { class: 'imports', 'aria-labelledby': 'imports' },
    element('h2', { id: 'imports' }, l10n.t('Import')),
    note,
    summary,
    errors.root,
  );
  let last: ImportState | undefined;
  return {
    root,
    render({ imports }) {
      show(root, imports !== undefined);
      if (!imports || imports === last) return;
      const before = last?.kind === 'result' ? last : undefined;
      last = imports;
      const result = imports.kind === 'result' ? imports : undefined;
      setText(note, noteOf(imports));
      show(note, noteOf(imports) !== '');
      show(summary, (result?.summary.types.length ?? 0) > 0);
      show(errors.root, result !== undefined && (result.errors.length > 0 || result.more));
      if (!result) return;
      if (before?.summary !== result.summary) counts.replaceChildren(...rowsOf(result));
      errors.render(result);
    },
  };
}

function noteOf(imports: ImportState): string {
  switch (imports.kind) {
    case 'loading':
      return l10n.t('Loading…');
    case 'notFinished':
      return l10n.t('The import has not finished. What it did is known after its end.');
    case 'noImport':
      return l10n.t('The instance has no result of this import.');
    case 'problem':
      return imports.problem;
    case 'result':
      return imports.summary.types.length === 0 ? l10n.t('The import changed nothing.') : '';
  }
}

function rowsOf({ summary }: Result): HTMLElement[] {
  const number = (count: number | undefined) =>
    element('td', { class: 'number' }, count === undefined ? '–' : formatNumber(count));
  const row = (name: string, { added, updated, removed }: ImportCounts, sub: boolean) =>
    element(
      'tr',
      sub ? { class: 'sub' } : {},
      element('th', { scope: 'row' }, name),
      number(added),
      number(updated),
      number(removed),
    );
  return summary.types.flatMap((type) => [
    row(type.resourceType ?? l10n.t('Not known'), type, false),
    ...type.categories.map((each) => row(each.name ?? each.id ?? l10n.t('Not known'), each, true)),
  ]);
}

/** The errors that were read, those of them that the person looks for, and a way to the next. */
function createErrors(post: (message: FromPage) => void) {
  const heading = element('h3', { id: 'errors' });
  const filter = element('input', {
    type: 'search',
    placeholder: l10n.t('Filter the errors that are shown'),
    'aria-label': l10n.t('Filter the errors that are shown'),
  });
  const rows = element('tbody');
  const problem = element('p', { class: 'muted' });
  const count = element('p', { class: 'muted', role: 'status' });
  const more = button(l10n.t('Load more'), 'ellipsis', () => post({ kind: 'moreErrors' }));
  const save = button(l10n.t('Export errors…'), 'export', () =>
    post({ kind: 'command', command: 'exportErrors' }),
  );
  const list = table([l10n.t('Index'), l10n.t('Identifier'), l10n.t('Resource'), l10n.t('Message')], rows);
  const scroller = element(
    'div',
    { class: 'scroller', tabindex: '0', role: 'group', 'aria-labelledby': 'errors' },
    list,
  );
  const root = element(
    'div',
    { class: 'errors' },
    heading,
    filter,
    scroller,
    count,
    problem,
    element('div', { class: 'actions' }, more, save),
  );
  let shown: Result | undefined;
  const fill = () => {
    if (!shown) return;
    const found = matchingErrors(shown.errors, filter.value);
    rows.replaceChildren(...found.map(errorRow));
    const filtered = filter.value.trim() !== '';
    show(count, filtered);
    setText(
      count,
      filtered
        ? l10n.t(
            '{0} of the {1} that are shown',
            formatNumber(found.length),
            formatNumber(shown.errors.length),
          )
        : '',
    );
  };
  filter.addEventListener('input', fill);
  return {
    root,
    render(result: Result) {
      shown = result;
      const { errors, total, more: hasMore } = result;
      setText(
        heading,
        errors.length === total
          ? l10n.t('Errors: {0}', formatNumber(total))
          : l10n.t(
              'Errors: {0} of {1}',
              formatNumber(errors.length),
              total === undefined ? '?' : formatNumber(total),
            ),
      );
      show(more, hasMore);
      show(problem, result.problem !== undefined);
      setText(problem, result.problem ?? '');
      fill();
    },
  };
}

function errorRow({ indices, identifier, resourceType, type, message }: ImportError): HTMLElement {
  const cell = (text: string | undefined, className = '') => element('td', { class: className }, text ?? '');
  return element(
    'tr',
    {},
    cell(indices.join(', '), 'number'),
    cell(identifier, 'code'),
    cell([resourceType, type].filter(Boolean).join(', ')),
    cell(message),
  );
}

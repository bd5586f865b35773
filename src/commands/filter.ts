import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { isEmpty, parseFilter, spans, type Filter, type Period } from '../jobs/filter';
import { filterText, periodText } from '../jobs/filterText';
import { resultLabel, stateLabel } from '../jobs/format';
import { knownResults } from '../jobs/job';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import { record, targetSession } from './target';

const { t } = vscode.l10n;

interface Item extends vscode.QuickPickItem {
  /** The filter after this was chosen; undefined when the person gave up. */
  choose(): Promise<Filter | undefined>;
}

/** Lets a person say what to show of a connection. What is chosen counts at once; the list stays until it is left. */
export async function filter(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(context.sessions, argument, t('Filter the jobs of which instance?'));
  if (!session) return;
  const given = record(argument)['filter'];
  if (given !== undefined) {
    await session.setFilter(parseFilter(given));
    return;
  }
  // What can be filtered depends on the generation, which may not be known yet.
  await session.api();
  for (;;) {
    const picked = await vscode.window.showQuickPick(itemsOf(session), {
      title: t('Show jobs of {0}', session.markedName),
      placeHolder: isEmpty(session.filter)
        ? t('Which jobs do you want to see?')
        : filterText(session.filter, vscode.env.language).join(' · '),
    });
    const next = await picked?.choose();
    if (!picked) return;
    // A failure shows in the panel.
    if (next) void session.setFilter(next).catch(() => undefined);
    if (next && isEmpty(next)) return;
  }
}

export async function clearFilter({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const named = record(argument)['connection'] !== undefined;
  const chosen = named ? [await targetSession(sessions, argument, '')] : sessions.all;
  await Promise.all(
    chosen.map(async (session) => session && !isEmpty(session.filter) && session.setFilter({})),
  );
}

function itemsOf(session: Session): Item[] {
  const { filter, capabilities } = session;
  const any = t('any');
  const part = (name: keyof Filter) =>
    plain(
      filterText({ nameMatchMode: filter.nameMatchMode, [name]: filter[name] }, vscode.env.language).join(),
    ) || any;
  const set = async <K extends keyof Filter>(name: K, ask: Promise<{ value: Filter[K] } | undefined>) => {
    const answer = await ask;
    return answer && { ...session.filter, [name]: answer.value };
  };
  const items: (Item | false)[] = [
    !isEmpty(filter) && {
      label: `$(clear-all) ${t('Clear filter')}`,
      choose: () => Promise.resolve({}),
    },
    { label: `$(symbol-string) ${t('Name')}`, description: part('name'), choose: () => askName(session) },
    {
      label: `$(pulse) ${t('State')}`,
      description: part('states'),
      choose: () =>
        set(
          'states',
          pickMany(t('States to show'), capabilities?.states ?? [], filter.states, (state) =>
            stateLabel(state),
          ),
        ),
    },
    {
      label: `$(checklist) ${t('Result')}`,
      description: part('results'),
      choose: () =>
        set('results', pickMany(t('Results to show'), [...knownResults], filter.results, resultLabel)),
    },
    {
      label: `$(symbol-class) ${t('Type')}`,
      description: part('types'),
      choose: () => set('types', askTypes(session)),
    },
    {
      label: `$(person) ${t('Created by')}`,
      description: part('user'),
      choose: () => set('user', askUser(session)),
    },
    capabilities?.visible === true && {
      label: `$(eye) ${t('Visible')}`,
      description: part('visible'),
      choose: () =>
        set(
          'visible',
          pickOne<boolean>([
            [any, undefined],
            [t('visible'), true],
            [t('not visible'), false],
          ]),
        ),
    },
    {
      label: `$(debug-start) ${t('Started')}`,
      description: part('started'),
      choose: () => set('started', askPeriod(t('Started'))),
    },
    {
      label: `$(debug-stop) ${t('Ended')}`,
      description: part('ended'),
      choose: () => set('ended', askPeriod(t('Ended'))),
    },
  ];
  return items.filter((item) => item !== false);
}

async function askName({ filter }: Session): Promise<Filter | undefined> {
  const name = await vscode.window.showInputBox({
    prompt: t('Part of the name. Empty: any name'),
    value: filter.name,
  });
  if (name === undefined) return undefined;
  if (name === '') return { ...filter, name: undefined, nameMatchMode: undefined };
  const mode = await pickOne<NonNullable<Filter['nameMatchMode']>>([
    [t('Contains'), 'ANYWHERE'],
    [t('Starts with'), 'START'],
    [t('Ends with'), 'END'],
    [t('Is exactly, upper and lower case too'), 'EXACT'],
  ]);
  return mode && { ...filter, name, nameMatchMode: mode.value };
}

async function askTypes(session: Session): Promise<{ value: Filter['types'] } | undefined> {
  const { types = [] } = session.filter;
  const seen = Object.values(session.state.groups).flatMap(({ jobs }) =>
    jobs.flatMap(({ type }) => type ?? []),
  );
  const other = t('Another type…');
  const offered = [...new Set([...types, ...seen])].toSorted();
  const picked = await pickMany(t('Types to show'), [...offered, other], types, plain);
  if (!picked?.value?.includes(other)) return picked;
  const typed = await vscode.window.showInputBox({ prompt: t('The type as the instance calls it') });
  if (typed === undefined) return undefined;
  const value = [...picked.value.filter((type) => type !== other), typed.trim()].filter(Boolean);
  return { value: value.length > 0 ? value : undefined };
}

async function askUser(session: Session): Promise<{ value: string | undefined } | undefined> {
  const other = t('Another person…');
  const me = await session.me();
  const picked = await pickOne<string>([
    [t('Anybody'), undefined],
    ...(me ? [[t('Me ({0})', plain(me.name)), me.id] as [string, string]] : []),
    [other, other],
  ]);
  if (picked?.value !== other) return picked;
  const id = await vscode.window.showInputBox({
    prompt: t("The person's ID at {0}, a UUID", session.profile.name),
    validateInput: (typed) => (isUuid(typed) ? undefined : t('This is no UUID.')),
  });
  return id === undefined ? undefined : { value: id.trim().toLowerCase() };
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text.trim());
}

async function askPeriod(title: string): Promise<{ value: Period | undefined } | undefined> {
  const between = t('Between two times…');
  const picked = await pickOne<Period | typeof between>([
    [t('At any time'), undefined],
    ...spans.map((within) => [periodText({ within }, vscode.env.language), { within }] as [string, Period]),
    [between, between],
  ]);
  if (typeof picked?.value !== 'string') return picked as { value: Period | undefined } | undefined;
  const from = await askInstant(t('{0} from', title));
  const to = from && (await askInstant(t('{0} until', title)));
  if (!from || !to) return undefined;
  const open = from.value === undefined && to.value === undefined;
  return { value: open ? undefined : { from: from.value, to: to.value } };
}

/** A local time; empty leaves that end open. */
async function askInstant(title: string): Promise<{ value: number | undefined } | undefined> {
  const parse = (typed: string) => Date.parse(typed.trim().replace(' ', 'T'));
  const typed = await vscode.window.showInputBox({
    title,
    prompt: t('Local time, for example 2026-11-23 08:00. Empty: open'),
    validateInput: (now) =>
      now.trim() === '' || !Number.isNaN(parse(now))
        ? undefined
        : t('Enter a time such as 2026-11-23 08:00.'),
  });
  if (typed === undefined) return undefined;
  return { value: typed.trim() === '' ? undefined : parse(typed) };
}

async function pickOne<T>(
  choices: readonly [label: string, value: T | undefined][],
): Promise<{ value: T | undefined } | undefined> {
  return vscode.window.showQuickPick(choices.map(([label, value]) => ({ label, value })));
}

async function pickMany<T extends string>(
  placeHolder: string,
  values: readonly T[],
  chosen: readonly T[] | undefined,
  label: (value: T) => string,
): Promise<{ value: readonly T[] | undefined } | undefined> {
  const items = values.map((value) => ({
    label: label(value),
    value,
    picked: chosen?.includes(value) ?? false,
  }));
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  return picked && { value: picked.length > 0 ? picked.map(({ value }) => value) : undefined };
}

import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { isEmpty, type Filter } from '../jobs/filter';
import { filterText, periodText } from '../jobs/filterText';
import { givenFilter } from '../jobs/given';
import { resultLabel, stateLabel } from '../jobs/format';
import { knownResults } from '../jobs/job';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import {
  askName,
  askPeriod,
  askTypes,
  askUser,
  pickMany,
  pickOne,
  staying,
  type Answer,
} from './filterParts';
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
    await session.show({ filter: givenFilter(given) });
    return;
  }
  // What can be filtered depends on the generation, which may not be known yet.
  await session.api();
  for (let again = false; ; again = true) {
    const picked = await vscode.window.showQuickPick(itemsOf(session), {
      ...(again && staying),
      title: t('Show jobs of {0}', session.markedName),
      placeHolder: isEmpty(session.filter)
        ? t('Which jobs do you want to see?')
        : filterText(session.filter, vscode.env.language).join(' · '),
    });
    const next = await picked?.choose();
    if (!picked) return;
    // A failure shows in the panel.
    if (next) void session.show({ filter: next }).catch(() => undefined);
    if (next && isEmpty(next)) return;
  }
}

export async function clearFilter({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const named = record(argument)['connection'] !== undefined;
  const chosen = named ? [await targetSession(sessions, argument, '')] : sessions.all;
  await Promise.all(
    chosen.map(async (session) => session && !isEmpty(session.filter) && session.show({ filter: {} })),
  );
}

function itemsOf(session: Session): Item[] {
  const { filter, capabilities } = session;
  const any = t('any');
  const part = (name: keyof Filter) =>
    plain(
      filterText({ nameMatchMode: filter.nameMatchMode, [name]: filter[name] }, vscode.env.language).join(),
    ) || any;
  const time = (period: Filter['ended']) => (period ? periodText(period, vscode.env.language) : any);
  const set = async <K extends keyof Filter>(name: K, ask: Promise<Answer<Filter[K]>>) => {
    const answer = await ask;
    return answer && { ...session.filter, [name]: answer.value };
  };
  const items: (Item | false)[] = [
    !isEmpty(filter) && {
      label: `$(clear-all) ${t('Clear filter')}`,
      choose: () => Promise.resolve({}),
    },
    { label: `$(case-sensitive) ${t('Name')}`, description: part('name'), choose: () => askName(session) },
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
      label: `$(tag) ${t('Type')}`,
      description: part('types'),
      choose: () => set('types', askTypes(session)),
    },
    {
      label: `$(person) ${capabilities?.userField === 'user' ? t('User') : t('Created by')}`,
      description: plain(filter.userName ?? filter.user ?? any),
      choose: () => askUser(session),
    },
    (capabilities?.visible === true || filter.visible !== undefined) && {
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
      label: `$(play) ${t('Started')}`,
      description: time(filter.started),
      choose: () => set('started', askPeriod(t('Started'))),
    },
    {
      label: `$(stop-circle) ${t('Ended')}`,
      description: time(filter.ended),
      choose: () => set('ended', askPeriod(t('Ended'))),
    },
  ];
  return items.filter((item) => item !== false);
}

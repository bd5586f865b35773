import * as vscode from 'vscode';
import { isUuid } from '../api/fields';
import type { Session } from '../connections/session';
import { parseTime, spans, type Filter, type Period } from '../jobs/filter';
import { periodText } from '../jobs/filterText';
import type { Job } from '../jobs/job';
import { plain } from '../views/notifications';

const { t } = vscode.l10n;

/** People who are offered, at most: each is asked for by a request. */
const mostPeople = 10;
/** Jobs that are read to know which types and people there are. */
const newest = 50;
/** A step that follows another one: the focus that the one before gives back late would end it. */
export const staying = { ignoreFocusOut: true } as const;

/** What was chosen; undefined when the person gave up. */
export type Answer<T> = { readonly value: T } | undefined;

/** The filter with another name, and how it is compared. */
export async function askName({ filter }: Session): Promise<Filter | undefined> {
  const name = await vscode.window.showInputBox({
    ...staying,
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

/** Offers the types of jobs that are known, and any other. */
export async function askTypes(session: Session): Promise<Answer<Filter['types']>> {
  const { types = [] } = session.filter;
  const seen = (await jobsOf(session)).flatMap(({ type }) => type ?? []);
  const other = t('Another type…');
  const offered = [...new Set([...types, ...seen])].toSorted();
  const picked = await pickMany(t('Types to show'), [...offered, other], types, plain);
  if (!picked?.value?.includes(other)) return picked;
  const typed = await vscode.window.showInputBox({
    ...staying,
    prompt: t('The type as the instance calls it'),
  });
  if (typed === undefined) return undefined;
  const value = [...picked.value.filter((type) => type !== other), typed.trim()].filter(Boolean);
  return { value: value.length > 0 ? value : undefined };
}

/** The filter with another person: oneself, one of those whose jobs are known, or any other by the ID. */
export async function askUser(session: Session): Promise<Filter | undefined> {
  const field = session.capabilities?.userField ?? 'createdBy';
  const [me, jobs] = await Promise.all([session.me().catch(() => undefined), jobsOf(session)]);
  const one = new Map(jobs.map((job) => [job[field], job]));
  const people = await Promise.all(
    [...one]
      .slice(0, mostPeople)
      .map(async ([id, job]) => ({ id, name: id && (await session.names(job))[id] })),
  );
  const other = { id: 'other' };
  const picked = await pickOne<{ readonly id: string; readonly name?: string }>([
    [t('Anybody'), undefined],
    ...(me ? [[t('Me ({0})', plain(me.name)), me] as const] : []),
    ...people
      .flatMap(({ id, name }) => (id && name && id !== me?.id ? [{ id, name }] : []))
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map((person) => [plain(person.name), person] as const),
    [t('Another person…'), other],
  ]);
  if (!picked) return undefined;
  const { value: person } = picked;
  if (person !== other) return { ...session.filter, user: person?.id, userName: person?.name };
  const typed = await vscode.window.showInputBox({
    ...staying,
    prompt: t("The person's ID at {0}, a UUID", session.profile.name),
    validateInput: (now) => (isUuid(now.trim()) ? undefined : t('This is no UUID.')),
  });
  if (typed === undefined) return undefined;
  return { ...session.filter, user: typed.trim().toLowerCase(), userName: undefined };
}

/** The jobs that are known, and the newest of all: a filter that is set already leaves only what it lets through. */
async function jobsOf(session: Session): Promise<readonly Job[]> {
  const known = Object.values(session.state.groups).flatMap(({ jobs }) => jobs);
  try {
    const { jobs } = await (await session.api()).find({}, { limit: newest });
    return [...known, ...jobs];
  } catch {
    return known;
  }
}

/** A time that moves along with the clock, or from one time to another. */
export async function askPeriod(title: string): Promise<Answer<Period | undefined>> {
  const between = t('Between two times…');
  const picked = await pickOne<Period | typeof between>([
    [t('At any time'), undefined],
    ...spans.map((within) => [periodText({ within }, vscode.env.language), { within }] as [string, Period]),
    [between, between],
  ]);
  if (typeof picked?.value !== 'string') return picked as Answer<Period | undefined>;
  const from = await askInstant(t('{0} from', title), 'from');
  const to = from && (await askInstant(t('{0} until', title), 'until', from.value));
  if (!from || !to) return undefined;
  const open = from.value === undefined && to.value === undefined;
  return { value: open ? undefined : { from: from.value, to: to.value } };
}

/** A local time; empty leaves that end open. */
async function askInstant(
  title: string,
  end: 'from' | 'until',
  earliest = -Infinity,
): Promise<Answer<number | undefined>> {
  const typed = await vscode.window.showInputBox({
    ...staying,
    title,
    prompt: t('Local time, for example 2026-11-23 08:00. Empty: open'),
    validateInput: (now) => {
      if (now.trim() === '') return undefined;
      const time = parseTime(now, end);
      if (Number.isNaN(time)) return t('Enter a time such as 2026-11-23 08:00.');
      return time < earliest ? t('This is before the beginning.') : undefined;
    },
  });
  if (typed === undefined) return undefined;
  return { value: typed.trim() === '' ? undefined : parseTime(typed, end) };
}

/** One of these. */
export async function pickOne<T>(
  choices: readonly (readonly [label: string, value: T | undefined])[],
): Promise<Answer<T | undefined>> {
  return vscode.window.showQuickPick(
    choices.map(([label, value]) => ({ label, value })),
    staying,
  );
}

/** Any of these; none is all. */
export async function pickMany<T extends string>(
  placeHolder: string,
  values: readonly T[],
  chosen: readonly T[] | undefined,
  label: (value: T) => string,
): Promise<Answer<readonly T[] | undefined>> {
  const items = values.map((value) => ({
    label: label(value),
    value,
    picked: chosen?.includes(value) ?? false,
  }));
  const picked = await vscode.window.showQuickPick(items, { ...staying, canPickMany: true, placeHolder });
  return picked && { value: picked.length > 0 ? picked.map(({ value }) => value) : undefined };
}

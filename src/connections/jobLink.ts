import { t } from '@vscode/l10n';
import { isUuid } from '../api/fields';
import { parseAddress } from './address';
import type { Profile } from './profile';

/** What a link names: a job by its id, and the instance by its address as a profile has it. */
export interface LinkedJob {
  readonly url: string;
  readonly id: string;
}

const authority = 'collibra-jobs.collibra-jobs';
const path = '/job';
/** Characters of a link's query, at most. */
const longest = 2000;
/** What is read over in an address, which then leads elsewhere than it seems. */
const odd = /[\s\\\p{Cc}]/u;

/**
 * The link to a job: VS Code opens it with this extension. VS Code decodes a query before it hands it on, so that
 * what would end a value is encoded twice.
 */
export function jobLink(scheme: string, { url, id }: LinkedJob): string {
  const value = (text: string) =>
    text.replace(/[^\w:/.~-]/gu, (character) => encodeURIComponent(encodeURIComponent(character)));
  return `${scheme}://${authority}${path}?url=${value(url)}&id=${value(id)}`;
}

/**
 * The job of a link, whose query was decoded once. Throws a sentence for what is no link to a job. Anybody can make
 * a link: what it says is only ever compared, or shown.
 */
export function parseJobLink(link: { readonly path: string; readonly query: string }): LinkedJob {
  if (link.path !== path) throw new Error(t('This link leads to no job.'));
  if (link.query.length > longest) throw new Error(t('This link is too long to be one to a job.'));
  const values = new URLSearchParams(link.query);
  const one = (name: string): string => {
    const [value, ...more] = values.getAll(name);
    if (value === undefined || value === '') throw new Error(t('This link has no "{0}".', name));
    if (more.length > 0) throw new Error(t('This link has more than one "{0}".', name));
    return value;
  };
  const url = one('url');
  if (!/^https?:\/\/[^/]/i.test(url) || odd.test(url))
    throw new Error(t("The link's address must start with https:// and have no blanks."));
  const id = one('id');
  if (!isUuid(id)) throw new Error(t('The id in this link is no id of a job.'));
  return { url: parseAddress(url).url, id: id.toLowerCase() };
}

/** Where a job opens in a browser: by the connection's own template, or else where the instance does. */
export function webAddress({ url, jobUrl }: Pick<Profile, 'url' | 'jobUrl'>, id: string): string {
  return jobUrl?.replaceAll('{id}', encodeURIComponent(id)) ?? url;
}

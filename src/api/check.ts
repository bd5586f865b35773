import { lookup } from 'node:dns/promises';
import { t } from '@vscode/l10n';
import { generationLabel } from '../jobs/format';
import { displayLanguage, formatNumber } from '../jobs/language';
import { CollibraError } from './errors';
import { adapterOf, detectGeneration } from './generation';
import type { Http } from './http';
import { openHttp, type OpenOptions } from './open';
import { redact } from './redact';
import { secretsIn } from './signIn';
import type { Peer, Transport } from './transport';
import { CollibraUsers } from './users';

export type Check =
  'address' | 'reachable' | 'certificate' | 'proxy' | 'generation' | 'signIn' | 'whoAmI' | 'jobs';

export interface Finding {
  readonly outcome: 'ok' | 'warning' | 'failed';
  /** A sentence; where something failed, with what to do next. It holds no secret. */
  readonly text: string;
}

/** What was found out. A check that is missing could not be made. */
export type Findings = Readonly<Partial<Record<Check, Finding>>>;

const ok = (text: string): Finding => ({ outcome: 'ok', text });
const warning = (text: string): Finding => ({ outcome: 'warning', text });
const failed = (text: string): Finding => ({ outcome: 'failed', text });

/** A certificate that expires sooner is worth a word, ms. */
const soon = 30 * 24 * 3_600_000;
/** Answers without a sign-in on most instances; whatever it answers, somebody is there. */
const anybody = '/rest/2.0/application/info';

/** Finds out by real requests what works of a connection, from the address to the list of jobs. */
export async function checkInstance(options: OpenOptions): Promise<Findings> {
  const found: Partial<Record<Check, Finding>> = {};
  try {
    const { http, transport } = await openHttp(options);
    if (await checkLine(options, transport, found)) await checkSignIn(options, http, found);
  } catch (error) {
    if (!(error instanceof CollibraError)) throw error;
    found.certificate = failed(error.message);
  }
  const secrets = secretsIn(options.credentials);
  const clean = (text: string) =>
    redact(text, secrets).replace(/\b(Basic|Bearer) [\w\-._~+/]{8,}=*/g, '$1 •••');
  return Object.fromEntries(
    Object.entries(found).map(([name, { outcome, text }]) => [name, { outcome, text: clean(text) }]),
  );
}

/** Everything below the API, by a request without a sign-in. True when the instance answers. */
async function checkLine(
  { url, signal }: OpenOptions,
  transport: Transport,
  found: Partial<Record<Check, Finding>>,
): Promise<boolean> {
  let peer: Peer | undefined;
  try {
    await transport.send({ method: 'GET', path: anybody, signal, onPeer: (met) => (peer = met) });
  } catch (error) {
    if (!(error instanceof CollibraError)) throw error;
    const { kind, message } = error;
    if (kind === 'proxy') found.proxy = failed(message);
    else if (kind === 'certificate' || kind === 'clientCertificate') {
      found.reachable = ok(t('A server answers at {0}.', new URL(url).host));
      found.certificate = failed(message);
    } else if (!peer) found.reachable = failed(message);
    if (!peer || kind === 'proxy') return false;
  }
  if (!peer) return false;
  const line = t('{0}, port {1}', peer.address, peer.port);
  found.reachable = ok(t('{0} answers.', new URL(url).host));
  found.certificate = certificateFinding(peer);
  found.proxy = ok(
    (await isDirect(url, peer))
      ? t('None is used: the line goes straight to {0}.', line)
      : t('The line goes through {0}.', line),
  );
  return true;
}

function certificateFinding({ certificate }: Peer): Finding {
  if (!certificate) return warning(t('None: the address is plain http, which others can read on the way.'));
  const { subject, issuer, validTo } = certificate;
  const day = validTo.toLocaleDateString(displayLanguage(), { dateStyle: 'medium' });
  const text = t('Trusted: made for {0}, signed by {1}, valid until {2}.', subject, issuer, day);
  return validTo.getTime() - Date.now() < soon ? warning(text) : ok(text);
}

/** Whether the machine at the other end is the instance's own, as far as its name tells. */
async function isDirect(url: string, peer: Peer): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  if (peer.port !== Number(port || (protocol === 'https:' ? 443 : 80))) return false;
  const bare = (address: string) => address.replace(/^::ffff:/, '');
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  return addresses.some(({ address }) => bare(address) === bare(peer.address));
}

/** What the API says to the sign-in. Nothing more is sent once it is refused. */
async function checkSignIn(
  { log, signal, generation: known }: OpenOptions,
  http: Http,
  found: Partial<Record<Check, Finding>>,
): Promise<void> {
  try {
    await http.ready();
  } catch (error) {
    if (!(error instanceof CollibraError)) throw error;
    found.signIn = failed(error.message);
    return;
  }
  try {
    const generation = known ?? (await detectGeneration(http, log, signal));
    const api = adapterOf(generation, http, log);
    const { total } = await api.find({}, { limit: 1, count: api.capabilities.totals }, signal);
    found.generation = ok(t('It speaks {0}.', generationLabel(generation)));
    found.signIn = ok(t('Accepted.'));
    found.jobs = ok(total === undefined ? t('Yes.') : t('Yes: it has {0}.', formatNumber(total)));
  } catch (error) {
    if (!(error instanceof CollibraError)) throw error;
    if (error.kind === 'forbidden') found.jobs = failed(error.message);
    else {
      const aboutSignIn = error.kind === 'signInNeeded' || error.kind === 'singleSignOn';
      found[aboutSignIn ? 'signIn' : 'generation'] = failed(error.message);
    }
    // A refusal of the list says that somebody is known, not who.
    if (error.kind !== 'forbidden') return;
    found.signIn = warning(t("It wasn't refused."));
  }
  const me = await new CollibraUsers(http).current();
  found.whoAmI = me
    ? ok(t('{0} ({1})', me.name, me.id))
    : warning(t("The instance doesn't tell. Names of people may show as IDs."));
}

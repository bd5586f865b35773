import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';
import { t } from '@vscode/l10n';
import type { FailureKind } from '../jobs/failure';

/** Files with certificates of a connection, each with an absolute path or one that starts with `~/`. */
export interface CertificateFiles {
  /** PEM: authorities to trust besides those of VS Code and of the system. */
  readonly caFile?: string;
  /** The client certificate: PEM, or PKCS #12 when it ends with .p12 or .pfx. */
  readonly certFile?: string;
  /** PEM: the certificate's key, when it isn't in `certFile`. */
  readonly keyFile?: string;
}

/** A file that can't be used; `detail` says which and why, in a few words. */
export class CertificateProblem extends Error {
  constructor(
    readonly kind: Extract<FailureKind, 'certificate' | 'clientCertificate'>,
    readonly detail: string,
    readonly help?: string,
    /** The key is encrypted, and what opens it is missing or wrong. */
    readonly passphrase = false,
  ) {
    super(detail);
  }
}

/** What a connection's certificates make of TLS; undefined without any. Rejects with a `CertificateProblem`. */
export async function secureContext(
  { caFile, certFile, keyFile }: CertificateFiles,
  passphrase?: string,
): Promise<tls.SecureContext | undefined> {
  if (caFile === undefined && certFile === undefined) return undefined;
  const ca = caFile === undefined ? [] : authorities(caFile, await read('caFile', caFile));
  const cert = certFile === undefined ? undefined : await read('certFile', certFile);
  const key = keyFile === undefined ? cert : await read('keyFile', keyFile);
  const client = /\.(p12|pfx)$/i.test(certFile ?? '') ? { pfx: cert } : { cert, key };
  try {
    // VS Code adds none to a context that is given.
    return tls.createSecureContext({ ...client, passphrase, ca: [...usualAuthorities(), ...ca] });
  } catch (error) {
    throw clientProblem(error as { code?: string; message: string }, certFile ?? '', passphrase);
  }
}

/** The certificates in a PEM file; anything else in it, such as a name above each, is left out. */
function authorities(file: string, pem: Buffer): string[] {
  const found = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    for (const each of found ?? []) new X509Certificate(each);
    if (found) return found;
  } catch {
    // Said below.
  }
  throw new CertificateProblem('certificate', t('{0} has no certificate in PEM', file), checkAuthority());
}

function clientProblem(
  { code = '', message }: { code?: string; message: string },
  file: string,
  passphrase: string | undefined,
): CertificateProblem {
  const problem = (...rest: [string, string?, boolean?]) =>
    new CertificateProblem('clientCertificate', ...rest);
  if (/BAD_DECRYPT|PASSWORD|INTERRUPTED_OR_CANCELLED/.test(code) || message.includes('mac verify')) {
    const reason =
      passphrase === undefined ? t('its key needs a passphrase') : t('the passphrase of its key is wrong');
    return problem(reason, t('Sign in again to give the passphrase.'), true);
  }
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return problem(t('its key belongs to another certificate'));
  if (code === 'ERR_CRYPTO_UNSUPPORTED_OPERATION')
    return problem(t('{0} is encrypted in an outdated way', file));
  return problem(t('{0} has no certificate and key in PEM or PKCS #12', file));
}

function checkAuthority(): string {
  return t('Check "caFile" of the connection (setting collibraJobs.connections).');
}

async function read(setting: keyof CertificateFiles, file: string): Promise<Buffer> {
  const path = file.startsWith('~/') ? join(homedir(), file.slice(2)) : file;
  const problem = (reason: string) => {
    const detail = t("{0} can't be read: {1}", file, reason);
    return setting === 'caFile'
      ? new CertificateProblem('certificate', detail, checkAuthority())
      : new CertificateProblem('clientCertificate', detail);
  };
  if (!isAbsolute(path)) throw problem(t('it is no absolute path'));
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as { code?: string };
    throw problem(code === 'ENOENT' ? t('there is no such file') : String(code));
  }
}

/** Those that VS Code trusts by itself; the system's are among them where Node can tell them. */
function usualAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default' | 'system') => string[] };
  if (!getCACertificates) return tls.rootCertificates;
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

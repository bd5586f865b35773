import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Wanted {
  /** Subject alternative names, for example `IP:127.0.0.1`. */
  readonly names?: readonly string[];
  /** Days until it expires; negative: it has. */
  readonly days?: number;
  /** What the certificate is called. */
  readonly subject?: string;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc'];

/** A certificate for 127.0.0.1 that nobody trusts. */
export async function selfSigned(): Promise<KeyPair> {
  return inFolder(async (folder) => {
    const files = pair(folder, 'self');
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    await openssl(['req', '-x509', ...newKey, '-days', '2', ...subject, ...files.out]);
    return files.read();
  });
}

/** A certificate authority of a test, in a folder of its own. */
export class Authority {
  private constructor(
    private readonly folder: string,
    /** Its own certificate, for `caFile`. */
    readonly caFile: string,
  ) {}

  static async make(): Promise<Authority> {
    const folder = await mkdtemp(join(tmpdir(), 'authority-'));
    const { out } = pair(folder, 'ca');
    await openssl(['req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=Test authority', ...out]);
    return new Authority(folder, join(folder, 'ca.cert.pem'));
  }

  /** Signs a certificate. Its files are `file(name)` in the authority's folder, in PEM. */
  async issue(
    name: string,
    { names = ['IP:127.0.0.1', 'IP:127.0.0.2'], days = 2, subject = name }: Wanted = {},
  ): Promise<KeyPair> {
    const { out, read } = pair(this.folder, name);
    const request = this.file(`${name}.csr`);
    const [, key = ''] = out;
    const alternative = ['-addext', `subjectAltName=${names.join()}`];
    await openssl([
      'req',
      ...newKey,
      '-subj',
      `/CN=${subject}`,
      ...alternative,
      '-keyout',
      key,
      '-out',
      request,
    ]);
    const signer = ['-CA', this.caFile, '-CAkey', this.file('ca.key.pem'), '-CAcreateserial'];
    const cert = this.file(`${name}.cert.pem`);
    await openssl([
      ...['x509', '-req', '-in', request, ...signer, '-copy_extensions', 'copy'],
      ...['-days', String(days), '-out', cert],
    ]);
    return read();
  }

  /** The same certificate and key in one file that only the passphrase opens. */
  async pack(name: string, passphrase: string): Promise<string> {
    const file = this.file(`${name}.p12`);
    const from = ['-in', this.file(`${name}.cert.pem`), '-inkey', this.file(`${name}.key.pem`)];
    await openssl(['pkcs12', '-export', ...from, '-out', file, '-passout', `pass:${passphrase}`]);
    return file;
  }

  /** A file in the authority's folder, for example `server.key.pem`. */
  file(name: string): string {
    return join(this.folder, name);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

function pair(folder: string, name: string) {
  const [key, cert] = [join(folder, `${name}.key.pem`), join(folder, `${name}.cert.pem`)];
  return {
    out: ['-keyout', key, '-out', cert],
    read: async (): Promise<KeyPair> => ({
      key: await readFile(key, 'utf8'),
      cert: await readFile(cert, 'utf8'),
    }),
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function openssl(args: readonly string[]): Promise<void> {
  await promisify(execFile)('openssl', args);
}

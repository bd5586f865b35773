import { t } from '@vscode/l10n';
import { oneLine } from '../jobs/format';

const longestQuote = 100;

/** An instance's address as it is kept: scheme, host, port and perhaps a path, without a slash at the end. */
export interface Address {
  readonly url: string;
  readonly host: string;
  /** Plain http to another machine, where anybody on the way can read the secret. */
  readonly readable: boolean;
}

/** Reads what a person typed or pasted. Throws a sentence for what can't be an instance's address. */
export function parseAddress(input: string): Address {
  const typed = input.trim();
  if (typed === '') throw new Error(t('Enter the address of your Collibra instance.'));
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(withScheme))
    throw new Error(
      t(
        '"{0}" is no web address. Enter one such as https://acme.collibra.com.',
        // What stands before it may be a password.
        oneLine(typed.replace(/^.*@/s, '…@'), longestQuote),
      ),
    );
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(t('The address must start with https://.'));
  if (url.username !== '' || url.password !== '')
    throw new Error(t('Leave user and password out of the address. They are asked for next.'));
  // People paste addresses out of the browser or the API's documentation.
  const path = url.pathname.replace(/\/(rest|apps?|docs|signin|login)(\/.*)?$/i, '').replace(/\/+$/, '');
  return {
    url: url.origin + path,
    host: url.host,
    readable: url.protocol === 'http:' && !isThisMachine(url.hostname),
  };
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

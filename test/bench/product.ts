import { join } from 'node:path';
import { packExtension } from '../host/package';
import { temporaryFolder } from '../host/paths';

/** The product as it is shipped. */
export interface Product {
  /** What the package was made of; `dist` is the production build. */
  readonly folder: string;
  readonly vsix: string;
}

let packed: Promise<Product> | undefined;

/** Builds and packs the product; once per run of the bench. */
export function product(): Promise<Product> {
  return (packed ??= make());
}

async function make(): Promise<Product> {
  const home = await temporaryFolder('bench-product');
  const made = { folder: join(home, 'product'), vsix: join(home, 'product.vsix') };
  await packExtension(made.folder, made.vsix);
  return made;
}

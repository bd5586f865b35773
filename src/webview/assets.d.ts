/** Styles are bundled by esbuild; importing them has no value. */
declare module '*.css';

/** Icons are bundled by esbuild, each as its text. */
declare module '*.svg' {
  const svg: string;
  export default svg;
}

/** Formats instants in local time, in the language given or, where that is none, the browser's. */
export function instantFormatter(
  language: string,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' },
): (instant: Date) => string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat(language || undefined, options);
  } catch {
    format = new Intl.DateTimeFormat(undefined, options);
  }
  return (instant) => format.format(instant);
}

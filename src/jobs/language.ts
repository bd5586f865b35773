/** What `Intl` does in one language; made once for each, which takes longer than its use. */
interface Formats {
  readonly number: Intl.NumberFormat;
  readonly percent: Intl.NumberFormat;
  readonly ago: Intl.RelativeTimeFormat;
  readonly plurals: Intl.PluralRules;
}

/** What dates and numbers are written in. */
let display = 'en';
/** What sentences are in: the display language, or English where there is no translation into it. */
let wording = 'en';
let made: Formats | undefined;

/** Takes on the language that VS Code displays. `translated`: there are sentences in it. */
export function speak(language: string, translated: boolean): void {
  display = isLanguage(language) ? language : 'en';
  wording = translated ? display : 'en';
  made = undefined;
}

/** The language of dates and numbers, for `Intl`. */
export function displayLanguage(): string {
  return display;
}

/** "1,234" */
export function formatNumber(count: number): string {
  return formats().number.format(count);
}

/** "84%", of 84 */
export function formatPercent(percent: number): string {
  return formats().percent.format(percent / 100);
}

/** "5 min. ago" */
export function formatAgo(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  return formats().ago.format(-count, unit);
}

/** A sentence with a count in each form that its language may need; each is given the count as it is written. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, (count: string) => string>> & {
  readonly other: (count: string) => string;
};

/**
 * The form of a sentence that goes with a count. English and German know `one` and `other`; French also knows `many`,
 * for whole millions. A form that isn't given is as `other`: `one` where there are always several. `written`: the
 * count as it stands in the sentence, where that is not the number alone.
 */
export function plural(count: number, forms: Forms, written = formatNumber(count)): string {
  return (forms[formats().plurals.select(count)] ?? forms.other)(written);
}

function formats(): Formats {
  return (made ??= {
    number: new Intl.NumberFormat(display),
    percent: new Intl.NumberFormat(display, { style: 'percent' }),
    ago: new Intl.RelativeTimeFormat(wording, { style: 'short' }),
    plurals: new Intl.PluralRules(wording),
  });
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

/**
 * Building and patching elements. Data reaches the page through text and attributes only, and what is the
 * same is not touched, so that focus, selection and scroll position stay where they are.
 */
import { icons, type IconName } from './icons';

/** Makes an element. A child that is a string becomes text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A table with these headings over its rows. */
export function table(headings: readonly string[], rows: HTMLElement): HTMLTableElement {
  const row = element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text)));
  return element('table', {}, element('thead', {}, row), rows);
}

/** An icon. It stands beside words that say the same, so it is hidden from screen readers. */
export function icon(name?: IconName): HTMLSpanElement {
  const made = element('span', { class: 'icon', 'aria-hidden': 'true' });
  if (name) setIcon(made, name);
  return made;
}

export function setIcon(target: HTMLElement, name: IconName): void {
  if (target.dataset['icon'] === name) return;
  target.dataset['icon'] = name;
  target.replaceChildren(new DOMParser().parseFromString(icons[name], 'image/svg+xml').documentElement);
}

export function setText(target: HTMLElement, text: string): void {
  const node = target.firstChild;
  if (node instanceof Text && target.childNodes.length === 1) {
    if (node.data !== text) node.data = text;
  } else {
    target.textContent = text;
  }
}

/** Sets an attribute, or takes it away when there is no value. */
export function setAttribute(target: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) target.removeAttribute(name);
  else if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

export function show(target: HTMLElement, visible: boolean): void {
  if (target.hidden === visible) target.hidden = !visible;
}

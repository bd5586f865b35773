import { element, icon, setAttribute, setText, show } from './dom';
import { factGroups, type Fact, type FactGroup } from './facts';
import type { Part } from './part';
import { goneText } from './status';

/** What the person has to know before they read on. */
export function createBanners(): Part {
  const banner = (look: 'info' | 'warning') => {
    const text = element('span');
    const root = element('p', { class: `banner ${look}` }, icon(look), text);
    const set = (sentence: string | undefined) => {
      show(root, Boolean(sentence));
      setText(text, sentence ?? '');
    };
    return { root, set };
  };
  const gone = banner('warning');
  const problem = banner('warning');
  const cancel = banner('info');
  return {
    root: element('div', { class: 'banners' }, gone.root, problem.root, cancel.root),
    render(state) {
      gone.set(state.gone ? goneText() : undefined);
      problem.set(state.problem);
      cancel.set(state.cancelStatus);
    },
  };
}

/** Everything else that is known, in lines. */
export function createFacts(formatInstant: (instant: Date) => string): Part {
  const root = element('div', { class: 'facts' });
  const groups = new Map<string, ReturnType<typeof createGroup>>();
  return {
    root,
    render(state, now) {
      for (const group of factGroups(state, now, formatInstant)) {
        let view = groups.get(group.id);
        if (!view) {
          view = createGroup(group);
          groups.set(group.id, view);
          root.append(view.root);
        }
        view.render(group.facts);
      }
    },
  };
}

function createGroup({ id, label, facts }: FactGroup) {
  const heading = `facts-${id}`;
  const lines = facts.map(() => createLine());
  const list = element('dl', {}, ...lines.map((line) => line.root));
  return {
    root: element(
      'section',
      { class: `group-${id}`, 'aria-labelledby': heading },
      element('h2', { id: heading }, label),
      list,
    ),
    render(now: readonly Fact[]) {
      now.forEach((fact, index) => lines[index]?.render(fact));
    },
  };
}

function createLine() {
  const label = element('dt');
  const words = element('span');
  const time = element('time');
  const secondary = element('span', { class: 'secondary' });
  const root = element('div', { class: 'fact' }, label, element('dd', {}, words, time, secondary));
  return {
    root,
    render(fact: Fact) {
      show(root, fact.text !== undefined);
      setAttribute(root, 'data-fact', fact.id);
      setText(label, fact.label);
      const text = fact.text ?? '';
      const iso = fact.instant?.toISOString();
      show(words, iso === undefined);
      setText(words, iso === undefined ? text : '');
      setAttribute(words, 'class', fact.muted ? 'muted' : fact.code ? 'code' : undefined);
      show(time, iso !== undefined);
      setText(time, iso === undefined ? '' : text);
      setAttribute(time, 'datetime', iso);
      setAttribute(time, 'title', iso);
      show(secondary, fact.secondary !== undefined);
      setText(secondary, fact.secondary ?? '');
      setAttribute(secondary, 'class', fact.secondaryCode ? 'secondary code' : 'secondary');
    },
  };
}

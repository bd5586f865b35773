import assert from 'node:assert/strict';
import { Presence } from '../../../src/connections/presence';

describe('the presence of a person', () => {
  it('tells of an absence of five minutes and more, once, also after a restart', () => {
    const kept = new Map<string, number>();
    const memory = {
      get: (id: string) => kept.get(id),
      set: (id: string, at: number) => void kept.set(id, at),
    };
    const minutes = (count: number) => 1e12 + count * 60_000;
    const presence = new Presence(memory);
    const look = (each: Presence, at: number, id = 'one') => {
      const since = each.look(id, minutes(at));
      if (since !== undefined) each.told(id);
      return since;
    };
    assert.deepEqual(
      [0, 1, 5, 20, 20.5].map((at) => look(presence, at)),
      // At first there was no last time.
      [undefined, undefined, undefined, minutes(5), undefined],
    );
    assert.equal(look(new Presence(memory), 60), minutes(20));
    assert.equal(look(presence, 61), undefined);
    assert.equal(look(presence, 61, 'two'), undefined);
  });

  it('tells of an absence again, a minute later and after a restart, until it is known what ended', () => {
    const kept = new Map<string, number>();
    const memory = {
      get: (id: string) => kept.get(id),
      set: (id: string, at: number) => void kept.set(id, at),
    };
    const presence = new Presence(memory);
    const minutes = (count: number) => 1e12 + count * 60_000;
    presence.look('one', minutes(0));
    assert.deepEqual(
      [10, 10.5, 11, 12].map((at) => presence.look('one', minutes(at))),
      [minutes(0), undefined, minutes(0), minutes(0)],
    );
    const later = new Presence(memory);
    assert.equal(later.look('one', minutes(13)), minutes(0));
    later.told('one');
    assert.equal(later.look('one', minutes(15)), undefined);
    assert.equal(new Presence(memory).look('one', minutes(17)), undefined);
  });

  it('believes no clock that was wrong for a while', () => {
    const kept = new Map<string, number>();
    const presence = new Presence({ get: (id) => kept.get(id), set: (id, at) => void kept.set(id, at) });
    const minutes = (count: number) => 1e12 + count * 60_000;
    presence.look('one', minutes(0));
    presence.look('one', minutes(3));
    presence.look('one', minutes(1e6));
    presence.told('one');
    presence.look('one', minutes(4));
    assert.equal(presence.look('one', minutes(20)), minutes(4));
  });
});

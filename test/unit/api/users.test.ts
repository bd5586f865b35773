import assert from 'node:assert/strict';
import { CollibraUsers } from '../../../src/api/users';
import { startDemo } from '../../../src/demo/demo';
import { httpTo } from '../../support/connect';
import { json, loopback, type Handler, type Loopback } from '../../support/loopback';
import { startPrism } from '../../support/prism';

const id = 'eb527160-2949-414c-9878-c8572bac393d';
const other = 'c90d7a52-13be-4f6a-8e27-b4510d9f3a68';

describe('CollibraUsers', () => {
  let server: Loopback | undefined;
  const usersOf = async (handler: Handler) => {
    server = await loopback(handler);
    return new CollibraUsers(httpTo(server.url).http);
  };
  const paths = () => server?.arrived.map(({ path }) => path.replace('/rest/2.0/users/', ''));
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('asks once for each user, however often and at once', async () => {
    const users = await usersOf((request, response) =>
      json(response, { id: request.path.slice(-36), userName: 'jdoe', firstName: 'Jane', lastName: 'Doe' }),
    );
    const many = await Promise.all([id, other, id.toUpperCase(), id].map((each) => users.user(each)));
    assert.deepEqual(
      many.map((user) => user?.name),
      ['Jane Doe', 'Jane Doe', 'Jane Doe', 'Jane Doe'],
    );
    await users.user(other);
    assert.deepEqual(paths()?.toSorted(), [other, id].toSorted());
  });

  it('shows the name that there is', async () => {
    const names: [object | null, string | undefined][] = [
      [{ id, userName: 'jdoe', firstName: ' ', lastName: '' }, 'jdoe'],
      [{ id, firstName: 'Jane' }, 'Jane'],
      [{ id, userName: 7 }, undefined],
      [{ id, firstName: 'Jane\r\n\u202e', lastName: '\u0007Doe' }, 'Jane Doe'],
      [{ id, userName: 'x'.repeat(1e6) }, `${'x'.repeat(99)}…`],
      [{ id: `${id}\n[link](https://evil.example)`, userName: 'jdoe' }, undefined],
      [{ userName: 'jdoe' }, undefined],
      [null, undefined],
    ];
    for (const [answer, name] of names) {
      const users = await usersOf((_request, response) => json(response, answer));
      assert.equal((await users.user(id))?.name, name);
      await server?.close();
    }
  });

  it('asks for nobody else once it is forbidden, and not again for who is missing', async () => {
    let status = 404;
    const users = await usersOf((_request, response) => json(response, {}, status));
    assert.equal(await users.user(id), undefined);
    await users.user(id);
    status = 403;
    await users.user(other);
    await users.user('5b3c1f0e-8a64-4d52-9c1b-2f7d60a9e413');
    assert.deepEqual(paths(), [id, other]);
  });

  it('asks again after an outage', async () => {
    let status = 503;
    const users = await usersOf((_request, response) => json(response, { id, userName: 'jdoe' }, status));
    assert.equal(await users.user(id), undefined);
    status = 200;
    assert.equal((await users.user(id))?.name, 'jdoe');
  });

  it('sends nothing for what is no id of a user', async () => {
    const users = await usersOf((_request, response) => json(response, {}));
    for (const odd of ['current', '../jobs', 'x', '']) assert.equal(await users.user(odd), undefined);
    assert.deepEqual(paths(), []);
  });

  it('reads what a server answers that this project did not write, and what the demo does', async () => {
    const mock = await startPrism('other', 'mock');
    const users = await usersOf((request, response) => {
      const { authorization = '' } = request.headers;
      void fetch(mock.url + request.path.replace(/^\/rest/, ''), { headers: { authorization } }).then(
        async (answer) => json(response, await answer.json(), answer.status),
      );
    });
    // A random answer may be null or have no name; it is never an exception.
    const answers = await Promise.all([users.current(), users.user(id), users.user(other)]);
    for (const user of answers) assert.notEqual(user?.name, '');
    assert.deepEqual(paths()?.toSorted(), [other, id, 'current'].toSorted());
    await mock.stop();

    const demo = await startDemo();
    const me = await new CollibraUsers(httpTo(demo.url, demo.token).http).current();
    assert.deepEqual(me, { id: demo.userId, name: 'Amelia Novak' });
    await demo.dispose();
  }).timeout(20_000);
});

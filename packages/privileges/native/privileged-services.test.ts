import type { EnumWbemClassObject, WbemServices } from '@wmisec/wbem';
import { afterEach, expect, test } from 'vitest';
import { privilegedServices } from '../src/index.ts';
import { ModelProxy } from './model-proxy.ts';
import { HELD, NOT_HELD, privilegeBytes, threadTokenId } from './read-back.ts';

const processBefore = privilegeBytes('process');

afterEach(() => {
  expect([threadTokenId(), privilegeBytes('process')]).toEqual([null, processBefore]);
});

/** Services that answer each call with what the server saw of the caller's privileges. */
class ModelServices extends ModelProxy {
  readonly namespace = 'root\\model';
  readonly rows = new ModelRows();
  disposed = false;

  async getObject() {
    await new Promise((done) => setTimeout(done, 2));
    return this.call();
  }

  async deleteClass() {
    throw new Error('no such class');
  }

  async execQuery() {
    return this.rows;
  }

  async [Symbol.asyncDispose]() {
    this.disposed = true;
  }
}

class ModelRows extends ModelProxy {
  override readonly proxyKind = 'enumerator';
  disposed = false;

  async [Symbol.asyncDispose]() {
    this.disposed = true;
  }
}

const wrap = (model: ModelServices, name: typeof HELD | typeof NOT_HELD = HELD) =>
  privilegedServices(model as unknown as WbemServices, [name]);

test('rules 7.2: each call carries the privileges, also when calls are made together', async () => {
  const model = new ModelServices();
  const services = wrap(model);
  const answers = await Promise.all([
    services.getObject('A'),
    services.getObject('B'),
    services.getObject('C'),
  ]);
  expect(answers).toEqual([true, true, true]);
  expect([model.blanket.capabilities, model.call()]).toEqual([0, false]);
});

test('a call that fails gives the proxy its blanket back and leaves the next call alone', async () => {
  const model = new ModelServices();
  const services = wrap(model);
  await expect(services.deleteClass('A')).rejects.toThrow('no such class');
  expect(model.blanket.capabilities).toBe(0);
  expect(await services.getObject('A')).toBe(true);
});

test('an enumerator keeps the privileges', async () => {
  const model = new ModelServices();
  const rows = (await wrap(model).execQuery('SELECT * FROM A')) as EnumWbemClassObject<never>;
  expect(rows).toBe(model.rows);
  expect(model.rows.call()).toBe(true);
});

test('an enumerator that does not take the cloaking is disposed, and the call fails', async () => {
  const model = new ModelServices();
  model.rows.setBlanket = () => {};
  await expect(wrap(model).execQuery('SELECT * FROM A')).rejects.toMatchObject({ code: 'BLANKET_TOO_WEAK' });
  expect(model.rows.disposed).toBe(true);
});

test('without the privilege no call is made', async () => {
  const model = new ModelServices();
  await expect(wrap(model, NOT_HELD).getObject('A')).rejects.toMatchObject({ missing: [NOT_HELD] });
  expect(model.blanket.capabilities).toBe(0);
});

test('disposing it disposes the services', async () => {
  const model = new ModelServices();
  await wrap(model)[Symbol.asyncDispose]();
  expect(model.disposed).toBe(true);
});

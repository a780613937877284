import { native } from '@wmisec/com-core';
import { AuthnLevel, ImpLevel, type OpenRequest } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REQUEST: OpenRequest = {
  server: null,
  namespace: 'root\\cimv2',
  identity: null,
  authority: null,
  locale: null,
  useMaxWait: true,
};

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

test('AC-1.2 a proxy without a blanket of its own has the implicit defaults: connect and identify', async () => {
  await using services = await native().open(REQUEST);
  expect(services.queryBlanket()).toMatchObject({
    authnLevel: AuthnLevel.Connect,
    impLevel: ImpLevel.Identify,
  });
});

test('AC-1.4 at identify every operation is WBEM_E_ACCESS_DENIED, and after setBlanket it succeeds', async () => {
  await using services = await native().open(REQUEST);
  const denied = { code: 'WBEM_E_ACCESS_DENIED', hresult: 0x80041003 };
  await expect(services.execQuery('SELECT * FROM X')).rejects.toMatchObject(denied);
  await expect(services.openNamespace('sub')).rejects.toMatchObject(denied);
  await expect(services.deleteInstance('X=1')).rejects.toMatchObject(denied);
  services.setBlanket({ impLevel: ImpLevel.Impersonate });
  await (await services.execQuery('SELECT * FROM X'))[Symbol.asyncDispose]();
  await services.deleteInstance('X=1');
});

test('AC-1.6 connecting at identify succeeds, the first query is refused', async () => {
  await using services = await native().open(REQUEST);
  expect(services.queryBlanket().impLevel).toBe(ImpLevel.Identify);
  await expect(services.execQuery('SELECT * FROM X')).rejects.toMatchObject({ code: 'WBEM_E_ACCESS_DENIED' });
});

test('whatever the process has, `connect` asks for encryption and impersonation', async () => {
  await using connection = await connect('root\\cimv2');
  expect(connection.services.queryBlanket()).toMatchObject({ authnLevel: 6, impLevel: 3 });
  await using rows = await connection.services.execQuery('SELECT * FROM X');
  expect(await rows.next(1)).toMatchObject({ objects: [], done: true });
});

import { connect, passwordIdentity } from '@wmisec/auth';
import type { CimInstance } from '@wmisec/wbem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  audit,
  getSubscription,
  installSubscription,
  listSubscriptions,
  removeSubscription,
  renameSubscription,
  type SubscriptionSpec,
} from '../src/index.ts';
import { type FixtureService, serveFixture } from './fixture-service.ts';

// The service in C++ keeps instances and sets CreatorSID from the token of whoever writes.

const NAMESPACE = 'root\\subscription';
const SPEC: SubscriptionSpec = {
  name: 'doors',
  query: 'SELECT * FROM Fixture_Alarm',
  eventAccess: 'O:BAG:BAD:(A;;0x80;;;BA)',
  consumer: { kind: 'logFile', filename: 'C:\\Logs\\doors.log', text: 'door %Door%' },
};

let service: FixtureService;

beforeEach(() => {
  service = serveFixture();
});

afterEach(() => {
  service[Symbol.dispose]();
});

test('a subscription is installed, listed with its creator, and removed', async () => {
  await using connection = await connect(NAMESPACE);
  const installed = await installSubscription(connection, SPEC);
  expect(installed).toMatchObject({ name: 'doors', missing: [] });
  expect([installed.filter?.creator, installed.binding?.creator]).toEqual(['S-1-5-32-544', 'S-1-5-32-544']);
  expect(await listSubscriptions(connection)).toMatchObject([{ name: 'doors' }]);
  await removeSubscription(connection, 'doors');
  expect(await listSubscriptions(connection)).toEqual([]);
});

test.each([1, 2, 3])('when part %i cannot be written, nothing stays', async (number) => {
  await using connection = await connect(NAMESPACE);
  service.failPut(number);
  await expect(installSubscription(connection, SPEC)).rejects.toMatchObject({ code: 'WBEM_E_FAILED' });
  await expect(getSubscription(connection, 'doors')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
  expect(await listSubscriptions(connection)).toEqual([]);
});

test('what somebody else has written since is told by its creator', async () => {
  await using connection = await connect(NAMESPACE);
  await installSubscription(connection, SPEC);
  const filter = await connection.services.getObject('__EventFilter.Name="doors"');
  using identity = passwordIdentity({ user: 'plain', password: 'secret' });
  await using other = await connect(`\\\\fixture\\${NAMESPACE}`, { identity });
  await other.services.putInstance(filter as CimInstance);
  const found = await getSubscription(connection, 'doors');
  expect(found.binding?.creator).toBe('S-1-5-32-544');
  expect(found.filter?.creator).toMatch(/^S-1-5-21-/);
});

test('where parts cannot be written together, the binding comes last, and a rename installs before it removes', async () => {
  await using connection = await connect(NAMESPACE);
  await installSubscription(connection, SPEC);
  service.takeLog();
  await renameSubscription(connection, 'doors', 'gates');
  const writes = service.takeLog().flatMap((line) => /^(?:Put|Delete)Instance \w+/.exec(line) ?? []);
  expect(writes).toEqual([
    'PutInstance LogFileEventConsumer',
    'PutInstance __EventFilter',
    'PutInstance __FilterToConsumerBinding',
    'DeleteInstance __FilterToConsumerBinding',
    'DeleteInstance __EventFilter',
    'DeleteInstance LogFileEventConsumer',
  ]);
  expect(await listSubscriptions(connection)).toMatchObject([{ name: 'gates', missing: [] }]);
});

test('an audit sees what is stored, by whom, and says what it could not read', async () => {
  using identity = passwordIdentity({ user: 'plain', password: 'secret' });
  await using other = await connect(`\\\\fixture\\${NAMESPACE}`, { identity });
  await installSubscription(other, {
    ...SPEC,
    consumer: { kind: 'logFile', filename: 'C:\\inetpub\\wwwroot\\doors.aspx', text: 'x' },
  });
  await using connection = await connect(NAMESPACE);
  const { findings } = await audit(connection);
  expect(findings.map(({ rule }) => rule).sort()).toEqual([
    'creator-not-administrator',
    'sensitive-log-file',
    'unreadable',
  ]);
});

import { expect, test } from 'vitest';
import { openFixture } from '../fixture.ts';

// Wine's own service answers some of these otherwise, or with no rows at all; the fixture answers as Windows
// is documented to.

test('an unknown class fails with the first rows, and its __ExtendedStatus names it', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM NoSuchClass');
  await expect(rows.next(1)).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_CLASS',
    hresult: 0x80041010,
    operation: 'next',
    extendedStatus: {
      StatusCode: 0x80041010,
      Operation: 'Next',
      ParameterInfo: 'NoSuchClass',
      ProviderName: 'Fixture',
    },
  });
});

test.each([
  ['a query that is none', 'SELEKT * FROM Fixture_Row'],
  ['an unknown property', 'SELECT NoSuchProperty FROM Fixture_Row'],
])('%s is an invalid query', async (_, query) => {
  await using fixture = openFixture();
  await expect(fixture.services.execQuery(query)).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_QUERY',
    operation: 'execQuery',
    extendedStatus: { Operation: 'ExecQuery', ParameterInfo: query },
  });
});

test('rows that came before a failure are given before it', async () => {
  await using fixture = openFixture();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Broken WHERE Count = 2');
  expect((await rows.next(2)).objects).toHaveLength(2);
  await expect(rows.next(2)).rejects.toMatchObject({
    code: 'WBEM_E_PROVIDER_FAILURE',
    extendedStatus: { ProviderName: 'Fixture' },
  });
});

test.each([true, false])('a missing object fails with its status (semisynchronous: %s)', async (form) => {
  await using fixture = openFixture({ semisynchronous: form });
  await expect(fixture.services.getObject('Fixture_Row.Name="none"')).rejects.toMatchObject({
    code: 'WBEM_E_NOT_FOUND',
    operation: 'getObject',
    extendedStatus: { Operation: 'GetObject', ParameterInfo: 'Fixture_Row.Name="none"' },
  });
});

test('an unknown namespace fails with WBEM_E_INVALID_NAMESPACE', async () => {
  await using fixture = openFixture();
  await expect(fixture.services.openNamespace('nowhere')).rejects.toMatchObject({
    code: 'WBEM_E_INVALID_NAMESPACE',
    extendedStatus: { Operation: 'OpenNamespace' },
  });
});

test('calls that fail at the same time each get the status of their own', async () => {
  await using fixture = openFixture();
  const names = Array.from({ length: 40 }, (_, i) => `Fixture_Row.Name="none${i}"`);
  const failures = await Promise.allSettled(names.map((name) => fixture.services.getObject(name)));
  const parameters = failures.map((f) => f.status === 'rejected' && f.reason.extendedStatus?.ParameterInfo);
  expect(parameters).toEqual(names);
});

test('a failure has no __ExtendedStatus of an earlier one', async () => {
  await using fixture = openFixture();
  await expect(fixture.services.getObject('none')).rejects.toBeDefined();
  await using rows = await fixture.services.execQuery('SELECT * FROM Fixture_Row WHERE Count = 1');
  await expect(rows.next(0)).rejects.toMatchObject({ extendedStatus: undefined });
});

import { defineClass, parseDateTime, parseObjectPath } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { instanceKey, keysOfPath, pathFormatter } from './instance-path.ts';

const reading = defineClass({
  name: 'Acme_Reading',
  properties: {
    At: { type: 'datetime', key: true },
    Channel: { type: 'sint8', key: true },
    Live: { type: 'boolean', key: true },
    Note: 'string',
  },
});
const file = defineClass({ name: 'Acme_File', properties: { Path: { type: 'string', key: true } } });
const clock = defineClass({ name: 'Acme_Clock', qualifiers: { singleton: true } });
const bag = defineClass({ name: 'Acme_Bag', properties: { Note: 'string' } });

const row = { At: parseDateTime('20260301100000.000000+000'), Channel: -3, Live: true, Note: null };
const PATH = 'Acme_Reading.At="20260301100000.000000+000",Channel=-3,Live=TRUE';

test('keys of every kind are written, and read back with their types', () => {
  expect(pathFormatter(reading)(row)).toBe(PATH);
  const { Note: _, ...keys } = row;
  const path = parseObjectPath(PATH.replace('Channel', 'channel'));
  expect(path.kind === 'instance' && keysOfPath(reading, path)).toEqual(keys);
});

test.each([
  ['C:\\dir\\a "b".txt', String.raw`Acme_File.Path="C:\\dir\\a \"b\".txt"`],
  ['', 'Acme_File.Path=""'],
  ['plain', 'Acme_File.Path="plain"'],
])('the one text key %j is escaped', (Path, expected) => {
  expect(pathFormatter(file)({ Path })).toBe(expected);
  const parsed = parseObjectPath(expected);
  expect(parsed.kind === 'instance' && keysOfPath(file, parsed)).toEqual({ Path });
});

test('a singleton has a path without keys, a class without keys has none', () => {
  expect(pathFormatter(clock)({})).toBe('Acme_Clock=@');
  expect(pathFormatter(bag)({ Note: 'x' })).toBeNull();
});

test('a key that is null makes no path and no identity', () => {
  expect(pathFormatter(reading)({ ...row, Channel: null })).toBeNull();
  expect(() => instanceKey(file, { Path: null })).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_OBJECT' }),
  );
});

test('identity does not mind case', () => {
  expect(instanceKey(file, { Path: 'A' })).toBe(instanceKey(file, { Path: 'a' }));
  expect(instanceKey(file, { Path: 'a' })).not.toBe(instanceKey(file, { Path: 'b' }));
});

test.each([
  'Acme_Reading.Channel=1',
  `${PATH},Note="x"`,
  PATH.replace('-3', '300'),
  PATH.replace('Live', 'Note'),
])('the path %s is not one of its class', (text) => {
  const path = parseObjectPath(text);
  if (path.kind !== 'instance') throw new TypeError('not an instance path');
  expect(() => keysOfPath(reading, path)).toThrow(
    expect.objectContaining({ code: 'WBEM_E_INVALID_OBJECT_PATH' }),
  );
});

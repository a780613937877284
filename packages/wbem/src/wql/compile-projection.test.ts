import { expect, test } from 'vitest';
import { CimType } from '../cim/cim-type.ts';
import { defineClass } from '../cim/define-class.ts';
import { shapeOf } from '../cim/instance.ts';
import type { CimInstance } from '../cim/objects.ts';
import type { PropertyBag } from '../cim/values.ts';
import { compileProjection } from './compile-projection.ts';

const disk = defineClass({
  name: 'Win32_LogicalDisk',
  properties: { DeviceID: { type: 'string', key: true }, Size: 'uint64', FileSystem: 'string' },
});

function instance(properties: PropertyBag): CimInstance {
  return { kind: 'instance', shape: shapeOf(disk), properties, path: 'Win32_LogicalDisk.DeviceID="C:"' };
}

const row = instance({ DeviceID: 'C:', Size: 10n, FileSystem: 'NTFS' });

test('"SELECT Statement for Data Queries": a row has the columns and the system properties', () => {
  const projected = compileProjection([['filesystem'], ['SIZE'], ['__PATH']])(row);
  expect(projected.properties).toEqual({ Size: 10n, FileSystem: 'NTFS' });
  expect(projected.shape.properties.map((p) => p.name)).toEqual(['Size', 'FileSystem']);
  expect(projected.shape.className).toBe('Win32_LogicalDisk');
  expect(projected.path).toBe(row.path);
});

test('* leaves rows as they are', () => {
  expect(compileProjection(null)(row)).toBe(row);
});

test('rows of one shape share one projected shape', () => {
  const project = compileProjection([['Size']]);
  expect(project(row).shape).toBe(project(instance({ Size: 11n })).shape);
});

test('a value that a row leaves out stays left out, whatever Object.prototype holds', () => {
  const column = { name: 'toString', type: CimType.String, isArray: false, isKey: false };
  const shape = { className: 'Odd', derivation: [], properties: [column] };
  const projected = compileProjection([['toString']])({
    kind: 'instance',
    shape,
    properties: {},
    path: null,
  });
  expect(Object.keys(projected.properties)).toEqual([]);
});

test('a column inside an embedded object keeps that object', () => {
  const event = defineClass({ name: 'E', properties: { TargetInstance: 'object', Other: 'string' } });
  const properties = { TargetInstance: row, Other: 'x' };
  const source: CimInstance = { kind: 'instance', shape: shapeOf(event), properties, path: null };
  expect(compileProjection([['TargetInstance', 'Size']])(source).properties).toEqual({ TargetInstance: row });
});

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { ClassId } from '../../src/raw/class-ids.ts';
import type { FieldKind } from '../../src/raw/define-struct.ts';
import { allInterfaces, describeInterfaces } from '../../src/raw/describe-interfaces.ts';
import { fixture } from '../fixtures/oracle-fixture.ts';
import { libraries, notInHeaders, sdkConstants, structs } from '../fixtures/oracle-subjects.ts';

interface Headers {
  readonly guids: Record<string, string>;
  readonly interfaces: Record<string, HeaderInterface>;
  readonly structs: Record<
    string,
    { size: number; fields: Record<string, { offset: number; size: number }> }
  >;
  readonly functions: Record<string, boolean>;
  readonly constants: Record<string, number>;
  readonly present: Record<string, boolean>;
}

interface HeaderInterface {
  readonly iid: string;
  readonly inherits: boolean;
  readonly methods: Record<string, { slot: number; arguments: number; sameSignature: boolean }>;
}

const headers = fixture('oracle.exe', (path): Headers => {
  return JSON.parse(execFileSync(path, { encoding: 'utf8', timeout: 30_000 }));
});

const SIZES: Record<Exclude<FieldKind, 'place'>, number> = { u8: 1, u16: 2, u32: 4, i32: 4, ptr: 8 };

describe.skipIf(headers === undefined)("the tables against mingw-w64's headers", () => {
  test.each(describeInterfaces())('$name: the identifier and every slot', ({ name, iid, methods }) => {
    const truth = headers!.interfaces[name]!;
    expect(truth.iid).toBe(iid);
    const slots = methods.map((method) => ({ name: method.name, slot: truth.methods[method.name]?.slot }));
    expect(slots).toEqual(methods);
  });

  test.each(allInterfaces())('$name: inheritance and the arguments of each method', ({ name, methods }) => {
    const truth = headers!.interfaces[name]!;
    expect(truth.inherits).toBe(true);
    for (const [method, args] of Object.entries(methods)) {
      expect(truth.methods[method], method).toMatchObject({ arguments: args.length, sameSignature: true });
    }
  });

  test('every class identifier', () => {
    expect(headers!.guids).toEqual(ClassId);
  });

  test.each(structs)('$name: size and offsets', ({ name, size, fields }) => {
    const truth = headers!.structs[name]!;
    expect(truth.size).toBe(size);
    for (const [field, [kind, offset]] of Object.entries(fields)) {
      expect(truth.fields[field]!.offset, field).toBe(offset);
      if (kind !== 'place') expect(truth.fields[field]!.size, field).toBe(SIZES[kind]);
    }
  });

  test.each(libraries)('$file: the result and arguments of each function', ({ functions }) => {
    const wrong = Object.keys(functions).filter((name) => headers!.functions[name] !== true);
    expect(wrong).toEqual([]);
  });

  test('every constant, level, service, capability, type and status', () => {
    const ours = Object.entries(sdkConstants()).map(([name, value]) => [name, value >>> 0] as const);
    expect(headers!.constants).toEqual(Object.fromEntries(ours));
    expect(ours.length).toBeGreaterThan(300);
  });

  test.each(Object.entries(notInHeaders))('%s is compared with nothing: %s', (name) => {
    expect(headers!.present[name]).toBe(false);
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { parseDeclaration } from '../../src/raw/c-declaration.ts';
import { ComHost } from '../../src/raw/com-host.ts';
import type { ServedInterface } from '../../src/raw/com-object.ts';
import { allInterfaces } from '../../src/raw/describe-interfaces.ts';
import { openNative } from '../../src/raw/open-native.ts';
import { libraries } from '../fixtures/oracle-subjects.ts';

const native = openNative();
const host = new ComHost(native);
afterAll(() => host.dispose());

const served = allInterfaces().filter(({ name }) => name !== 'IUnknown');

/** Extreme values by width: signs and the upper half of pointers must survive. */
const EXTREMES: Record<string, (index: number) => number> = {
  int32: (index) => -2_147_483_648 + index,
  uint32: (index) => 0xffff_ffff - index,
  uint8: (index) => 255 - index,
  int64: (index) => 0x7fff_ffff_fff0 - index,
};

describe('every method of every interface, called and implemented from the same table', () => {
  test.each(served)('$name carries its arguments and its status', (table) => {
    let heard: unknown[] = [];
    const names = Object.keys(table.methods).slice(3);
    const handlers: ServedInterface['handlers'] = Object.fromEntries(
      names.map((name, index) => [
        name,
        (...args: unknown[]) => {
          heard = [name, ...args];
          return 0x8004_1000 + index;
        },
      ]),
    );
    using object = host.create({ table, handlers });
    const bound = native.bind(table, object.ptr) as unknown as Record<string, (...args: number[]) => number>;
    for (const [index, name] of names.entries()) {
      const args = table.methods[name]!.map((arg, place) => EXTREMES[parseDeclaration(arg).width]!(place));
      expect(bound[name]!(...args), name).toBe(0x8004_1000 + index);
      expect(heard).toEqual([name, ...args]);
    }
  });
});

test.each(libraries)('10.5: $file has every function of its table', (table) => {
  const library = native.library(table) as Record<string, unknown>;
  for (const name of Object.keys(table.functions)) expect(library[name], name).toBeTypeOf('function');
});

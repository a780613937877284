import { type CimClass, defineClass, qualifier } from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';
import { methodPrivileges, readPrivileges, writePrivileges } from './needed-privileges.ts';

const base = defineClass({
  name: 'Acme_Base',
  properties: { Secret: { type: 'string', qualifiers: { Privileges: ['SeBackupPrivilege'] } } },
  methods: {
    Clear: { qualifiers: [qualifier('Privileges', ['sesecurityprivilege', 'SeSecurityPrivilege'])] },
  },
});
const log = defineClass({
  name: 'Acme_Log',
  superclass: base,
  properties: {
    Secret: { type: 'string', qualifiers: { WritePrivileges: ['SeRestorePrivilege'] } },
    Size: { type: 'uint32', qualifiers: { WritePrivileges: ['SeDebugPrivilege'] } },
  },
  methods: { CLEAR: { qualifiers: { Privileges: ['SeDebugPrivilege'] } } },
});
const lineage: readonly CimClass[] = [log, base];

describe('rules 7.1: what qualifiers demand', () => {
  test('of a method, in any case, once, and what a class above it demands', () => {
    expect(methodPrivileges([base], 'clear')).toEqual(['SeSecurityPrivilege']);
    expect(methodPrivileges(lineage, 'Clear')).toEqual(['SeDebugPrivilege', 'SeSecurityPrivilege']);
    expect(methodPrivileges(lineage, 'Count')).toEqual([]);
  });

  test('of reading a property, and of writing a row', () => {
    expect(readPrivileges(lineage, 'secret')).toEqual(['SeBackupPrivilege']);
    expect(readPrivileges(lineage, 'Size')).toEqual([]);
    expect(writePrivileges(lineage)).toEqual(['SeRestorePrivilege', 'SeDebugPrivilege']);
    expect(writePrivileges([base])).toEqual([]);
  });

  test.each([[['SeMagicPrivilege']], ['SeMagicPrivilege']])(
    'a word that is no privilege stays: %j',
    (value) => {
      const odd = defineClass({
        name: 'X',
        methods: { M: { qualifiers: [qualifier('Privileges', value)] } },
      });
      expect(methodPrivileges([odd], 'M')).toEqual(['SeMagicPrivilege']);
    },
  );
});

import type { Token } from '@wmisec/access';
import {
  type CimClass,
  defineClass,
  qualifier,
  WbemError,
  type WbemServices,
  WbemStatus,
  WmisecError,
} from '@wmisec/wbem';
import { describe, expect, test } from 'vitest';
import { explainPrivilegeError } from './explain-privilege-error.ts';
import { privilegesNeeded } from './privileges-needed.ts';
import { readLineage } from './read-lineage.ts';

const method = (...qualifiers: ReturnType<typeof qualifier>[]) =>
  defineClass({ name: 'Acme_Log', methods: { Clear: { returns: 'uint32', qualifiers } } });

describe('rules 7.1: the Privileges qualifier of a method', () => {
  test('names what the method needs, in any case, once', () => {
    const cls = method(
      qualifier('Privileges', ['SeSecurityPrivilege', 'sebackupprivilege', 'SeSecurityPrivilege']),
    );
    expect(privilegesNeeded(cls, 'clear')).toEqual(['SeSecurityPrivilege', 'SeBackupPrivilege']);
  });

  test('a method without it needs none; a method that is not there is an error', () => {
    expect(privilegesNeeded(method(), 'Clear')).toEqual([]);
    expect(() => privilegesNeeded(method(), 'Burn')).toThrow(
      expect.objectContaining({ code: 'WBEM_E_NOT_FOUND' }),
    );
  });

  test('a requirement that is no privilege is not dropped', () => {
    const cls = method(qualifier('Privileges', ['SeMagicPrivilege']));
    expect(() => privilegesNeeded(cls, 'Clear')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_PRIVILEGE' }),
    );
  });
});

describe('rules 7.1: a class and those above it', () => {
  const root = method(qualifier('Privileges', ['SeSecurityPrivilege']));
  const middle = defineClass({ name: 'Acme_AuditLog', superclass: root });
  const leaf = defineClass({
    name: 'Acme_OldAuditLog',
    superclass: middle,
    methods: { Clear: { returns: 'uint32', qualifiers: { Privileges: ['SeBackupPrivilege'] } } },
  });
  const stored: readonly CimClass[] = [root, middle, leaf];
  const services = {
    getObject: async (path: string) =>
      stored.find(({ className }) => className === path) ?? { kind: 'instance', className: path },
  } as unknown as WbemServices;

  test('what a class demands holds below it', async () => {
    const lineage = await readLineage(services, 'Acme_OldAuditLog');
    expect(lineage).toEqual([leaf, middle, root]);
    expect(privilegesNeeded(lineage, 'Clear')).toEqual(['SeBackupPrivilege', 'SeSecurityPrivilege']);
    expect(privilegesNeeded([middle, root], 'clear')).toEqual(['SeSecurityPrivilege']);
    expect(() => privilegesNeeded(lineage, 'Burn')).toThrow('Acme_OldAuditLog has no method Burn');
  });

  test('an instance has no lineage', async () => {
    await expect(readLineage(services, 'Acme_Log.Name="a"')).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_CLASS',
    });
  });
});

describe('rules 7.1: what a missing privilege looks like', () => {
  const token: Token = {
    user: 'S-1-5-21-1-2-3-1001',
    privileges: [{ name: 'SeSecurityPrivilege', enabled: false }, 'SeBackupPrivilege'],
  };
  const denied = new WbemError(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
  const explain = (names: Parameters<typeof explainPrivilegeError>[1], error: unknown = denied) =>
    explainPrivilegeError(error, names, token);

  test('held but disabled: enable it', () => {
    expect(explain(['SeSecurityPrivilege'])).toMatchObject({
      explains: true,
      privileges: [{ state: 'disabled', displayName: 'Manage auditing and security log' }],
      sentence: expect.stringMatching(/SeSecurityPrivilege is held but not enabled; enable/),
    });
  });

  test('not held: only an administrator can help', () => {
    expect(explain(['SeDebugPrivilege'])?.sentence).toMatch(
      /SeDebugPrivilege is not held; .*"Debug programs"/,
    );
  });

  test('enabled: the reason is another', () => {
    expect(explain(['SeBackupPrivilege'])).toMatchObject({
      explains: false,
      privileges: [{ state: 'enabled', fix: null }],
    });
    expect(explain([])?.explains).toBe(false);
  });

  test('access denied may be a privilege, another failure is none', () => {
    expect(explain(['SeDebugPrivilege'], new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED))?.explains).toBe(
      true,
    );
    expect(explain(['SeDebugPrivilege'], new WbemError(WbemStatus.WBEM_E_NOT_FOUND))).toBeNull();
    expect(explain(['SeDebugPrivilege'], new WmisecError('X', 'x'))).toBeNull();
    expect(explain(['SeDebugPrivilege'], new Error('x'))).toBeNull();
  });
});

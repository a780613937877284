import { describe, expect, test } from 'vitest';
import { describeInterfaces } from './describe-interfaces.ts';

const byName = new Map(describeInterfaces().map((entry) => [entry.name, entry]));

function slotOf(owner: string, method: string): number | undefined {
  return byName.get(owner)?.methods.find(({ name }) => name === method)?.slot;
}

describe('describeInterfaces', () => {
  test.each([
    ['IWbemLocator', 4],
    ['IWbemServices', 26],
    ['IWbemClassObject', 27],
    ['IWbemContext', 12],
    ['IEnumWbemClassObject', 8],
    ['IWbemObjectSinkEx', 10],
    ['IWbemEventSink', 9],
    ['IWbemDecoupledBasicEventProvider', 7],
    ['IClientSecurity', 6],
    ['IServerSecurity', 7],
    ['IWbemLevel1Login', 7],
  ])('10.2: %s has %i slots', (name, slots) => {
    expect(byName.get(name)?.methods).toHaveLength(slots);
  });

  test('10.2: the slots of IWbemServices are the opnums of the protocol', () => {
    expect(slotOf('IWbemServices', 'DeleteClass')).toBe(10);
    expect(slotOf('IWbemServices', 'PutInstance')).toBe(14);
    expect(slotOf('IWbemServices', 'ExecMethod')).toBe(24);
  });

  test('every interface begins with the three methods of IUnknown', () => {
    for (const { methods } of byName.values()) {
      expect(methods.slice(0, 3).map(({ name }) => name)).toEqual(['QueryInterface', 'AddRef', 'Release']);
    }
  });

  test('no two interfaces share an identifier', () => {
    const iids = [...byName.values()].map(({ iid }) => iid);
    expect(new Set(iids).size).toBe(iids.length);
    expect(iids.length).toBeGreaterThanOrEqual(33);
  });
});

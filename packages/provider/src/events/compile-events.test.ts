import { decodeSecurityDescriptor, formatSddl } from '@wmisec/access';
import type { EventSink, ProvidedEvent, Subscriber } from '@wmisec/wbem';
import { describe, expect, test, vi } from 'vitest';
import { defineProvider } from '../define-provider.ts';
import { eventSchema } from '../schema/event-schema.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, administrator, caller } from '../testing.ts';
import type { EventDefinition, EventSource } from './event-definition.ts';

const opened = eventSchema({ name: 'Acme_DoorOpened', properties: { Door: 'uint32' } });
const [ADMIT, PER_EVENT, DENY] = [0, 0x43003, 0x80041003];

function events(changes: Partial<EventDefinition> = {}, security?: string) {
  const spec = { classes: [opened], start: () => {}, ...changes };
  const definition = defineProvider({
    ...{ name: 'Doors', events: spec },
    ...(security !== undefined && { security }),
  });
  return definition.provider.events!;
}

const temporary = (who = administrator): Subscriber => ({ kind: 'temporary', sid: null, caller: who });
const permanent = (sid: `S-1-${string}`): Subscriber => ({ kind: 'permanent', sid, caller: null });
const decoupled: Subscriber = { kind: 'decoupled', sid: null, caller: null };

describe('rules 5.3: who may subscribe', () => {
  test('without a policy administrators may, temporary and permanent, and others may not', () => {
    const check = (subscriber: Subscriber) => events().accessCheck!('', subscriber);
    expect(check(temporary())).toBe(ADMIT);
    expect(check(temporary(caller()))).toBe(DENY);
    expect(check(permanent(ADMINISTRATORS))).toBe(ADMIT);
    expect(check(permanent('S-1-5-21-1-2-3-1001'))).toBe(DENY);
  });

  test('of a decoupled subscriber nothing is known: the descriptors decide', () => {
    expect(events().accessCheck!('', decoupled)).toBe(PER_EVENT);
  });

  test('a check of its own is asked after the policy, with what is known', () => {
    const accessCheck = vi.fn(() => 'perEvent' as const);
    const provider = events({ accessCheck }, `O:BAG:BAD:(A;;0x40;;;AU)`);
    expect(provider.accessCheck!('SELECT 1', temporary(caller([AUTHENTICATED_USERS])))).toBe(PER_EVENT);
    expect(provider.accessCheck!('SELECT 1', temporary(caller([])))).toBe(DENY);
    expect(accessCheck.mock.calls).toEqual([
      ['SELECT 1', { kind: 'temporary', sid: null, caller: expect.objectContaining({}) }],
    ]);
  });

  test('of a creator who may be in a group that is denied the descriptors decide', () => {
    const security = 'O:BAG:BAD:(D;;0x40;;;S-1-5-21-1-2-3-2000)(A;;0x40;;;WD)';
    expect(events({}, security).accessCheck!('', permanent('S-1-5-21-1-2-3-1001'))).toBe(PER_EVENT);
    const other = events({}, 'O:BAG:BAD:(D;;0x1;;;S-1-5-21-1-2-3-2000)(A;;0x40;;;WD)');
    expect(other.accessCheck!('', permanent('S-1-5-21-1-2-3-1001'))).toBe(ADMIT);
  });

  test.each(['yes', undefined, true])('an answer that is none denies: %o', (answer) => {
    const provider = events({ accessCheck: () => answer as never });
    expect(provider.accessCheck!('', temporary())).toBe(DENY);
  });
});

describe('rules 5.3: the security of events narrows the policy, which a host may have no chance to ask', () => {
  const BY_POLICY = 'O:BAG:BAD:(A;;0x40;;;AU)(A;;0x1;;;WD)';

  test.each([
    'O:BAG:BAD:(A;;0x40;;;BA)',
    'O:BAG:BAD:(A;;0x40;;;S-1-5-21-1-2-3-1001)(A;;0x1;;;WD)(D;;0x40;;;WD)',
    'O:BAG:BAD:',
  ])('%s does', (security) => {
    expect(() => events({ security }, BY_POLICY)).not.toThrow();
  });

  test('whom the policy denies it denies, whichever group lets them in', () => {
    const setSinkSecurity = vi.fn<EventSink['setSinkSecurity']>();
    const provider = events(
      { security: 'O:BAG:BAD:(A;;0x40;;;BA)' },
      'O:BAG:BAD:(D;;0x40;;;BG)(A;;0x40;;;AU)',
    );
    provider.provideEvents({ setSinkSecurity } as never, 'root\\cimv2', new AbortController().signal);
    const [bytes] = setSinkSecurity.mock.calls[0]!;
    expect(formatSddl(decodeSecurityDescriptor(bytes!))).toBe('O:BAG:BAD:(D;;DT;;;BG)(A;;DT;;;BA)');
  });

  test.each([
    ['everybody', 'O:BAG:BAD:(A;;0x40;;;WD)', BY_POLICY],
    ['the anonymous', 'O:BAG:BAD:(A;;0x40;;;AN)', BY_POLICY],
    ['everybody, by a null DACL', 'O:BAG:BAD:NO_ACCESS_CONTROL', BY_POLICY],
    ['users', 'O:BAG:BAD:(A;;0x40;;;AU)', 'O:BAG:BAD:(A;;0x53;;;BA)'],
    ['a group that is denied', 'O:BAG:BAD:(A;;0x40;;;BG)', 'O:BAG:BAD:(D;;0x40;;;BG)(A;;0x40;;;AU)'],
    ['everybody, by a generic right', 'O:BAG:BAD:(A;;GA;;;WD)', BY_POLICY],
  ])('not with %s', (_, security, policy) => {
    const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT' });
    expect(() => events({ security }, policy)).toThrow(refused);
  });
});

describe('rules 5.4: what is raised', () => {
  function sourceOf(changes: Partial<EventDefinition> = {}) {
    let source: EventSource | undefined;
    const raised: ProvidedEvent[] = [];
    const sink: EventSink = {
      indicate: (given) => void raised.push(...given),
      setSinkSecurity: vi.fn(),
      restrict: vi.fn(() => sink),
      isActive: () => true,
      setBatching: vi.fn(),
    };
    const start = (given: EventSource) => {
      source = given;
    };
    const provider = events({ start, ...changes });
    provider.provideEvents(sink, 'root\\cimv2', new AbortController().signal);
    return { source: source!, sink, raised };
  }

  test('it registers for its classes, unless it says for what', () => {
    expect(events().queries).toEqual(['SELECT * FROM Acme_DoorOpened']);
    expect(events({ queries: ['SELECT * FROM Acme_DoorOpened WHERE Door = 1'] }).queries).toHaveLength(1);
  });

  test('its sink has a descriptor from the start, that of the policy', () => {
    const { sink } = sourceOf();
    expect(sink.setSinkSecurity).toHaveBeenCalledTimes(1);
  });

  test('an event carries a descriptor of its own where it is given one', () => {
    const { source, raised } = sourceOf();
    source.raise(opened, { Door: 1 });
    source.raise(opened, { Door: 2 }, { security: 'O:BAG:BAD:(A;;0x40;;;BA)' });
    expect(raised[0]).toEqual({ className: 'Acme_DoorOpened', properties: { Door: 1 } });
    expect(raised[1]!.properties['SECURITY_DESCRIPTOR']).toEqual(expect.arrayContaining([1, 0, 4, 128]));
    expect(() => source.raise(opened, {}, { security: 'nonsense' })).toThrow(/SDDL/);
  });

  test('a source below has a descriptor of its own only where it says so', () => {
    const { source, sink } = sourceOf();
    source.restrict(['SELECT * FROM Acme_DoorOpened']);
    expect(sink.setSinkSecurity).toHaveBeenCalledTimes(1);
    source.restrict(['SELECT * FROM Acme_DoorOpened'], 'O:BAG:BAD:(A;;0x40;;;BA)');
    expect(sink.setSinkSecurity).toHaveBeenCalledTimes(2);
  });

  test('a source below lets in nobody whom the policy keeps out', () => {
    const { source, sink } = sourceOf();
    const widened = () => source.restrict(['SELECT * FROM Acme_DoorOpened'], 'O:BAG:BAD:(A;;0x40;;;AU)');
    expect(widened).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(sink.restrict).not.toHaveBeenCalled();
  });
});

import { expect, test } from 'vitest';
import { token } from '../check/testing.ts';
import { decoupledRegistration } from './decoupled-registration.ts';
import { principal } from './testing.ts';

const admin = principal({ token: token('S-1-5-32-544') });
const BY_ADMINISTRATORS = 'O:BAG:BAD:(A;;0x1;;;BA)';

function may(who: ReturnType<typeof principal>, securityDescriptor: string | null) {
  return decoupledRegistration(who, {}, { securityDescriptor });
}

test('AC-9.13 without a descriptor an administrator may not register, and the error says what would help', () => {
  expect(may(admin, null)).toMatchObject({
    status: 0x80041003,
    refusal: { gate: 'decoupled-registration', fix: expect.stringContaining('SecurityDescriptor') },
  });
});

test.each(['S-1-5-18', 'S-1-5-19', 'S-1-5-20'] as const)(
  'AC-9.13 without a descriptor the service account %s may register',
  (sid) => {
    expect(may(principal({ token: { user: sid } }), null).passed).toBe(true);
  },
);

test('AC-9.13 a descriptor for administrators lets them register, and nobody else', () => {
  expect(may(admin, BY_ADMINISTRATORS).passed).toBe(true);
  expect(may(principal({ token: { user: 'S-1-5-18' } }), BY_ADMINISTRATORS).passed).toBe(false);
  expect(may(principal(), BY_ADMINISTRATORS).passed).toBe(false);
});

test.each(['', 'no SDDL', 'D:(A;;0x1;;;BA)'])(
  'a descriptor that cannot be checked lets nobody register: %o',
  (sddl) => {
    expect(may(admin, sddl)).toMatchObject({ status: 0x80041003 });
  },
);

test('an empty DACL lets nobody register', () => {
  expect(may(admin, 'O:BAG:BAD:').passed).toBe(false);
});

import { AuthnService } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { allowedAuthority, requireAllowed, soleService } from './allowed-services.ts';

const refusal = expect.objectContaining({ code: 'AUTHN_SERVICE_NOT_ALLOWED' });

test('without a policy every service is allowed, and none is asked for', () => {
  expect(() => requireAllowed(AuthnService.None, undefined, 'x')).not.toThrow();
  expect(soleService(undefined)).toBeUndefined();
});

test('a policy of one service asks for it, a policy of several leaves the choice to negotiation', () => {
  expect(soleService(['kerberos'])).toBe(AuthnService.GssKerberos);
  expect(soleService(['ntlm'])).toBe(AuthnService.WinNT);
  expect(soleService(['kerberos', 'ntlm'])).toBeUndefined();
});

test('Negotiate in force passes where it is allowed itself, or both that it can lead to', () => {
  const negotiate = (allow: Parameters<typeof requireAllowed>[1]) => () =>
    requireAllowed(AuthnService.GssNegotiate, allow, 'x');
  expect(negotiate(['negotiate'])).not.toThrow();
  expect(negotiate(['kerberos', 'ntlm'])).not.toThrow();
  expect(negotiate(['kerberos'])).toThrow(refusal);
  expect(negotiate(['ntlm'])).toThrow(refusal);
});

test('an empty policy allows nothing', () => {
  expect(() => requireAllowed(AuthnService.GssKerberos, [], 'it uses')).toThrow(
    'it uses RPC_C_AUTHN_GSS_KERBEROS; allowed is nothing',
  );
});

test('the login to a server is Kerberos where nothing else is allowed, and as it was given otherwise', () => {
  expect(allowedAuthority(null, 'srv', ['kerberos'])).toBe('Kerberos:srv');
  expect(allowedAuthority('', 'srv', ['kerberos'])).toBe('Kerberos:srv');
  expect(allowedAuthority('kerberos:CORP\\srv', 'srv', ['kerberos'])).toBe('kerberos:CORP\\srv');
  expect(allowedAuthority(null, null, ['kerberos'])).toBeNull();
  expect(allowedAuthority(null, 'srv', ['kerberos', 'ntlm'])).toBeNull();
  expect(allowedAuthority(null, 'srv', undefined)).toBeNull();
});

test('an authority of a service that is not allowed is refused', () => {
  expect(() => allowedAuthority('NTLMDOMAIN:CORP', 'srv', ['kerberos'])).toThrow(refusal);
  expect(() => allowedAuthority('Kerberos:srv', 'srv', ['ntlm'])).toThrow(refusal);
});

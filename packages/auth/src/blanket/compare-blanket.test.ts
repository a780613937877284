import { AuthnLevel, AuthnService, AuthzService, type Blanket, Capabilities, ImpLevel } from '@wmisec/wbem';
import { expect, test } from 'vitest';
import { shortfalls } from './compare-blanket.ts';

const IN_FORCE: Blanket = {
  authnService: AuthnService.WinNT,
  authzService: AuthzService.None,
  principal: 'host/a',
  authnLevel: AuthnLevel.PktIntegrity,
  impLevel: ImpLevel.Impersonate,
  capabilities: Capabilities.None,
};

test('what is in force may be stronger than asked, or left to default', () => {
  expect(shortfalls({}, IN_FORCE)).toEqual([]);
  expect(shortfalls({ authnLevel: AuthnLevel.Pkt, impLevel: ImpLevel.Impersonate }, IN_FORCE)).toEqual([]);
  expect(shortfalls({ authnService: AuthnService.GssNegotiate, principal: 'HOST/A' }, IN_FORCE)).toEqual([]);
});

test.each([
  [{ authnLevel: AuthnLevel.PktPrivacy }, 'RPC_C_AUTHN_LEVEL_PKT_PRIVACY'],
  [{ impLevel: ImpLevel.Identify }, 'RPC_C_IMP_LEVEL_IDENTIFY'],
  [{ impLevel: ImpLevel.Delegate }, 'RPC_C_IMP_LEVEL_DELEGATE'],
  [{ authnService: AuthnService.GssKerberos }, 'RPC_C_AUTHN_WINNT is in force'],
  [{ principal: 'host/b' }, 'host/b'],
  [{ capabilities: Capabilities.StaticCloaking }, 'EOAC_STATIC_CLOAKING'],
])('%j falls short, and the sentence names it', (asked, words) => {
  expect(shortfalls(asked, IN_FORCE)).toEqual([expect.stringContaining(words)]);
});

test('negotiation that settled on nothing falls short', () => {
  const none = { ...IN_FORCE, authnService: AuthnService.None };
  expect(shortfalls({ authnService: AuthnService.GssNegotiate }, none)).toHaveLength(1);
});

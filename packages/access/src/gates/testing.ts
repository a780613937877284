import { AuthnLevel, AuthnService, ImpLevel } from '@wmisec/wbem';
import { token } from '../check/testing.ts';
import type { Principal } from './principal.ts';

/** A local caller who arrives as WMI likes it, changed as a test needs. */
export function principal(changes: Partial<Principal> = {}): Principal {
  return {
    name: 'CORP\\ann',
    token: token('S-1-5-11'),
    remote: false,
    authnService: AuthnService.WinNT,
    authnLevel: AuthnLevel.PktPrivacy,
    impLevel: ImpLevel.Impersonate,
    ...changes,
  };
}

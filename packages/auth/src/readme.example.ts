import { checkBlanket, parseTarget, passwordIdentity, shortfalls } from '@wmisec/auth';
import { AuthnLevel, AuthnService, Capabilities, ImpLevel, WbemError } from '@wmisec/wbem';

console.log(parseTarget('\\\\srv-01\\root\\cimv2'));

using ann = passwordIdentity({ user: 'CORP\\ann', password: 'correct horse' });
console.log('the identity prints as', String(ann));

try {
  checkBlanket({ identity: ann, capabilities: Capabilities.StaticCloaking }, { remote: true });
} catch (error) {
  if (error instanceof WbemError) console.log(error.code, '-', error.message);
}

const inForce = {
  authnService: AuthnService.WinNT,
  authzService: 0,
  principal: null,
  authnLevel: 4,
  impLevel: 3,
  capabilities: 0,
};
console.log(shortfalls({ authnLevel: AuthnLevel.PktPrivacy, impLevel: ImpLevel.Impersonate }, inForce));

import { COAUTHIDENTITY, type NativeBlock, type NativeMemory, writeStruct } from '@wmisec/com-core';
import type { AuthIdentity } from '@wmisec/wbem';

const SEC_WINNT_AUTH_IDENTITY_UNICODE = 2;

/**
 * `COAUTHIDENTITY` with its three strings behind it, in one block. COM keeps pointing at it: `free`, which
 * zeroes it, when the last proxy that uses it is gone.
 * @see docs/rules.md 10.4
 */
export function encodeAuthIdentity(memory: NativeMemory, identity: AuthIdentity): NativeBlock {
  return identity.withPassword((password) => {
    const user = Buffer.from(identity.user, 'utf16le');
    const domain = Buffer.from(identity.domain ?? '', 'utf16le');
    const [userAt, domainAt] = [COAUTHIDENTITY.size, COAUTHIDENTITY.size + user.length + 2];
    const passwordAt = domainAt + domain.length + 2;
    const block = memory.alloc(passwordAt + password.length + 2);
    block.bytes.set(user, userAt);
    block.bytes.set(domain, domainAt);
    block.bytes.set(password, passwordAt);
    writeStruct(COAUTHIDENTITY, block.view, {
      User: block.at(userAt),
      UserLength: user.length / 2,
      Domain: block.at(domainAt),
      DomainLength: domain.length / 2,
      Password: block.at(passwordAt),
      PasswordLength: password.length / 2,
      Flags: SEC_WINNT_AUTH_IDENTITY_UNICODE,
    });
    return block;
  });
}

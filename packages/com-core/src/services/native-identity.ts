import type { AuthIdentity } from '@wmisec/wbem';
import { writeStruct } from '../raw/define-struct.ts';
import type { Native } from '../raw/native.ts';
import type { NativeBlock } from '../raw/native-memory.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { COAUTHIDENTITY } from '../raw/structs.ts';

const SEC_WINNT_AUTH_IDENTITY_UNICODE = 2;

/** A COAUTHIDENTITY with its texts in one block, which is zeroed when it is freed. */
export class NativeIdentity implements Disposable {
  readonly #block: NativeBlock;

  constructor(native: Native, identity: AuthIdentity) {
    this.#block = identity.withPassword((password) => build(native, identity, password));
  }

  get ptr(): Ptr {
    return this.#block.ptr;
  }

  /** Idempotent. */
  [Symbol.dispose](): void {
    this.#block.free();
  }
}

function build({ memory }: Native, { user, domain }: AuthIdentity, password: Uint8Array): NativeBlock {
  const texts = [utf16(user), domain === null ? null : utf16(domain), password];
  const size = texts.reduce((sum, text) => sum + (text === null ? 0 : text.length + 2), COAUTHIDENTITY.size);
  const block = memory.alloc(size);
  let next = COAUTHIDENTITY.size;
  const [userAt, domainAt, passwordAt] = texts.map((text) => {
    if (text === null) return NULL;
    block.bytes.set(text, next);
    const at = block.at(next);
    next += text.length + 2;
    return at;
  });
  writeStruct(COAUTHIDENTITY, block.view, {
    User: userAt!,
    UserLength: user.length,
    Domain: domainAt!,
    DomainLength: domain?.length ?? 0,
    Password: passwordAt!,
    PasswordLength: password.length / 2,
    Flags: SEC_WINNT_AUTH_IDENTITY_UNICODE,
  });
  return block;
}

function utf16(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le');
}

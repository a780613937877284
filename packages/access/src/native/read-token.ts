import type { Native, NativeBlock, Ptr } from '@wmisec/com-core';
import { decodeSid } from '../sid/decode-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { PRIVILEGE_NAMES, type PrivilegeName } from '../token/privilege-name.ts';
import type { Token, TokenGroup, TokenPrivilege } from '../token/token.ts';
import type { TokenHandle } from './token-handle.ts';
import { TokenInformationClass, tokenInformation } from './token-information.ts';

const SE_PRIVILEGE_ENABLED = 0x2;
const SID_AND_ATTRIBUTES_SIZE = 16;
const LUID_AND_ATTRIBUTES_SIZE = 12;

/**
 * A token of the operating system as plain data. Claims and device groups are not read.
 * @throws WbemError with the Win32 error as HRESULT.
 */
export function readToken(native: Native, token: TokenHandle): Token {
  const read = <T>(informationClass: number, use: (block: NativeBlock) => T): T => {
    using block = tokenInformation(native, token.handle, informationClass);
    return use(block);
  };
  const groupsOf = (block: NativeBlock) => sidList(native, block);
  const isRestricted = native.advapi32.IsTokenRestricted(token.handle) !== 0;
  return {
    user: read(TokenInformationClass.TokenUser, (block) => sidAt(native, block, 0)),
    groups: read(TokenInformationClass.TokenGroups, groupsOf),
    privileges: read(TokenInformationClass.TokenPrivileges, (block) => privilegeList(native, block)),
    ...(isRestricted && { restricted: read(TokenInformationClass.TokenRestrictedSids, groupsOf) }),
    integrity: read(TokenInformationClass.TokenIntegrityLevel, (block) =>
      lastSubAuthority(sidAt(native, block, 0)),
    ),
  };
}

/** `TOKEN_GROUPS`: a count, then from offset 8 pairs of a SID's address and attributes. */
function sidList(native: Native, block: NativeBlock): TokenGroup[] {
  const count = block.view.getUint32(0, true);
  return Array.from({ length: count }, (_, i) => {
    const offset = 8 + i * SID_AND_ATTRIBUTES_SIZE;
    return { sid: sidAt(native, block, offset), attributes: block.view.getUint32(offset + 8, true) };
  });
}

function sidAt({ memory }: Native, block: NativeBlock, offset: number): Sid {
  const address = block.pointer<'SID'>(offset);
  const subAuthorities = memory.read(address, 2)[1]!;
  return decodeSid(memory.read(address, 8 + 4 * subAuthorities));
}

/** `TOKEN_PRIVILEGES`: a count, then from offset 4 LUIDs with attributes. Privileges without a known name are left out. */
function privilegeList(native: Native, block: NativeBlock): TokenPrivilege[] {
  const count = block.view.getUint32(0, true);
  return Array.from({ length: count }, (_, i) => {
    const offset = 4 + i * LUID_AND_ATTRIBUTES_SIZE;
    const enabled = (block.view.getUint32(offset + 8, true) & SE_PRIVILEGE_ENABLED) !== 0;
    return { name: privilegeName(native, block.at(offset)), enabled };
  }).filter((privilege): privilege is TokenPrivilege => privilege.name !== null);
}

function privilegeName({ advapi32, memory }: Native, luid: Ptr): PrivilegeName | null {
  using text = memory.alloc(512);
  using length = memory.alloc(4);
  length.view.setUint32(0, 256, true);
  if (advapi32.LookupPrivilegeNameW(null, luid, text.ptr, length.ptr) === 0) return null;
  const name = memory.readText(text.ptr);
  return PRIVILEGE_NAMES.find((known) => known === name) ?? null;
}

function lastSubAuthority(sid: Sid): number {
  return Number(sid.slice(sid.lastIndexOf('-') + 1));
}

import { encodeSecurityDescriptor, type SecurityDescriptor } from '@wmisec/access';
import {
  SECURITY_DESCRIPTOR as Absolute,
  type NativeBlock,
  type NativeMemory,
  SECURITY_DESCRIPTOR_RELATIVE as Relative,
  readStruct,
  writeStruct,
} from '@wmisec/com-core';

const SE_SELF_RELATIVE = 0x8000;

/**
 * A descriptor in the absolute form, which `CoInitializeSecurity` takes: pointers into the self-relative one,
 * which stands behind it in the same block. The caller frees it.
 * @see docs/rules.md 1.2, 10.4
 */
export function absoluteDescriptor(memory: NativeMemory, descriptor: SecurityDescriptor): NativeBlock {
  const relative = encodeSecurityDescriptor(descriptor);
  const block = memory.alloc(Absolute.size + relative.length);
  block.bytes.set(relative, Absolute.size);
  const { Revision, Control, Owner, Group, Sacl, Dacl } = readStruct(Relative, block.view, Absolute.size);
  const at = (offset: number) => (offset === 0 ? 0 : block.at(Absolute.size + offset));
  writeStruct(Absolute, block.view, {
    Revision,
    Control: Control & ~SE_SELF_RELATIVE,
    Owner: at(Owner),
    Group: at(Group),
    Sacl: at(Sacl),
    Dacl: at(Dacl),
  });
  return block;
}

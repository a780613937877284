import { listOf } from '../src/check/prepare-descriptor.ts';
import { AceFlags, AceType } from '../src/descriptor/ace.ts';
import type { CheckCase } from './check-case.ts';

/** An answer, or the code of the failure. */
export type Answer = { readonly granted: boolean; readonly mask: number } | { readonly code: string };

const MAXIMUM_ALLOWED = 0x02000000;
const RESERVED_IN_ENTRIES = 0x03000000;

/** Where Samba 4.17 is known to answer otherwise than Windows, and what Windows does. */
export const KNOWN_DIFFERENCES: Readonly<
  Record<string, (check: CheckCase, ours: Answer, theirs: Answer) => boolean>
> = {
  // AccessCheck fails with ERROR_INVALID_SECURITY_DESCR (docs/rules.md 4.4); Samba goes on without.
  'no owner or group': ({ descriptor }, ours) =>
    (descriptor.owner === null || descriptor.group === null) && 'code' in ours,

  // Nothing desired is denied (docs/rules.md 12.3); Samba grants it.
  'nothing desired': ({ desired }, ours, theirs) => desired === 0 && denied(ours) && granted(theirs, 0),

  // MAXIMUM_ALLOWED that comes to nothing is denied (docs/rules.md 12.3); Samba grants a mask of 0.
  'maximum of nothing': ({ desired }, ours, theirs) =>
    desired === MAXIMUM_ALLOWED && denied(ours) && granted(theirs, 0),

  // A null DACL gives MAXIMUM_ALLOWED all that the mapping has, here nothing, and ACCESS_SYSTEM_SECURITY needs
  // its privilege (docs/rules.md 12.3); Samba adds the owner's rights, and asks for no privilege.
  'null DACL': ({ descriptor }) => descriptor.dacl.kind === 'null',

  // An absent DACL lets everybody in (docs/rules.md 12.1); Samba takes it for an empty one.
  'absent DACL': ({ descriptor }) => descriptor.dacl.kind === 'absent',

  // No entry gives ACCESS_SYSTEM_SECURITY, and MAXIMUM_ALLOWED is no right (docs/rules.md 12.3); Samba hands out
  // both bits as they stand in the entry.
  'reserved bits in an entry': ({ descriptor }, ours, theirs) =>
    listOf(descriptor.dacl).some(({ mask }) => (mask & RESERVED_IN_ENTRIES) !== 0) &&
    'mask' in ours &&
    'mask' in theirs &&
    (ours.mask & RESERVED_IN_ENTRIES) <= (theirs.mask & RESERVED_IN_ENTRIES),

  // An object entry without a type is for the whole object (docs/rules.md 12.3); Samba grants nothing by it.
  'object entry without a type': ({ descriptor }) =>
    listOf(descriptor.dacl).some(
      ({ type, flags, objectType }) =>
        type === AceType.AccessAllowedObject &&
        objectType === undefined &&
        (flags & AceFlags.InheritOnly) === 0,
    ),
};

function denied(answer: Answer): boolean {
  return 'granted' in answer && !answer.granted;
}

function granted(answer: Answer, mask: number): boolean {
  return 'granted' in answer && answer.granted && answer.mask === mask;
}

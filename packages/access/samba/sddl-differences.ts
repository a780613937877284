/**
 * What Samba 4.17 reads otherwise than Windows, by name, and what Windows does. A text with one of the first is
 * compared by its other spelling, so that its meaning is still checked.
 *
 * Not compared at all, since Samba 4.17 has no words for them: conditional ACEs, resource attributes, ML, SP, TL
 * and FL, the ACE flag CR, the label rights, NO_ACCESS_CONTROL and the alias HO.
 */
export const SDDL_DIFFERENCES = [
  // Windows takes small letters everywhere but in the tags (docs/rules.md 12.1); Samba reads them as nothing.
  'small letters',
  // Windows takes blanks between fields (docs/rules.md 12.1); Samba refuses them.
  'blanks',
  // Windows reads numbers as C does (docs/rules.md 12.1); Samba reads none but hex, and others as 0.
  'decimal and octal masks',
  // FA is FILE_ALL_ACCESS (ACE Strings); to Samba it lacks the standard rights, and the words of keys are unknown.
  'words for files and keys',
  // An authority may be hex ([MS-DTYP] 2.4.2.1); Samba reads no sub-authority behind one.
  'hex numbers in SIDs',
  // Windows makes it an A (ACE Strings); Samba leaves an object ACE that names no object.
  'OA without a GUID',
  // Windows reads `D:PS:` as it prints it; Samba takes what follows the flags for one of them.
  'flags in front of no entries',
] as const;

export type SddlDifference = (typeof SDDL_DIFFERENCES)[number];

/** What happens to damaged texts, and to those alone. */
export type DamageDifference =
  // Windows refuses a text with anything in it that it cannot read; Samba overlooks much, or stops at it.
  | 'read in part'
  // The damage made another spelling of the above.
  | 'another spelling';

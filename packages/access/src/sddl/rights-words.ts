/**
 * Single rights in the order in which Windows prints them, which is that of their bits.
 * @see ACE Strings (Win32), docs/rules.md 12.1
 */
export const RIGHTS: Readonly<Record<string, number>> = {
  CC: 0x0000_0001,
  DC: 0x0000_0002,
  LC: 0x0000_0004,
  SW: 0x0000_0008,
  RP: 0x0000_0010,
  WP: 0x0000_0020,
  DT: 0x0000_0040,
  LO: 0x0000_0080,
  CR: 0x0000_0100,
  SD: 0x0001_0000,
  RC: 0x0002_0000,
  WD: 0x0004_0000,
  WO: 0x0008_0000,
  GA: 0x1000_0000,
  GX: 0x2000_0000,
  GW: 0x4000_0000,
  GR: 0x8000_0000,
};

/** Words for whole masks of files and keys; of two for one mask, Windows prints the first. */
export const COMBINED_RIGHTS: Readonly<Record<string, number>> = {
  FA: 0x001f_01ff,
  FR: 0x0012_0089,
  FW: 0x0012_0116,
  FX: 0x0012_00a0,
  KA: 0x000f_003f,
  KR: 0x0002_0019,
  KW: 0x0002_0006,
  KX: 0x0002_0019,
};

/** The mask of a mandatory label. @see [MS-DTYP] 2.4.4.13 */
export const LABEL_RIGHTS: Readonly<Record<string, number>> = { NW: 1, NR: 2, NX: 4 };

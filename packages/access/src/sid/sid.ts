/**
 * A security identifier in its canonical text, `S-1-5-32-544`: decimal, or an authority of 2^32 and above as
 * `0x` and twelve hex digits. Canonical text is unique, so SIDs compare with `===`.
 * @see [MS-DTYP] 2.4.2.1
 */
export type Sid = `S-1-${string}`;

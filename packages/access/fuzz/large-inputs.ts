import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import { parseSddl } from '../src/sddl/parse-sddl.ts';

const KILO = 1000;

/** Well-formed texts that are as long and as deep as they may be, and some that are more. */
export function largeTexts(): string[] {
  const condition = (text: string) => `D:(XA;;FX;;;WD;${text})`;
  return [
    ...fitting(),
    condition(`${'('.repeat(100 * KILO)}a${')'.repeat(100 * KILO)}`),
    condition(`(${'!('.repeat(50 * KILO)}a${')'.repeat(50 * KILO)})`),
    condition(`(${'a||'.repeat(30 * KILO)}a)`),
    condition(`(a=={${'1,'.repeat(50 * KILO)}1})`),
    condition(`(a==${'9'.repeat(100 * KILO)})`),
    condition(`(a==#${'f'.repeat(200 * KILO)})`),
    `D:${'(A;;GA;;;WD)'.repeat(20 * KILO)}`,
    `D:(A;;${'GA'.repeat(50 * KILO)};;;WD)`,
    `D:(A;;${' '.repeat(100 * KILO)}`,
    `O:S-1-5${'-1'.repeat(50 * KILO)}`,
    `O:S-1-${'0'.repeat(100 * KILO)}5-1`,
    `S:(RA;;;;;WD;("a",TS,0${',"b"'.repeat(20 * KILO)}))`,
  ];
}

/** Descriptors that fill what their size fields can say. */
export function largeDescriptors(): Uint8Array[] {
  return fitting().map((text) => encodeSecurityDescriptor(parseSddl(text)));
}

function fitting(): string[] {
  return [
    `D:${'(A;;GA;;;WD)'.repeat(3 * KILO)}`,
    `D:${'(OA;;GA;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)'.repeat(KILO)}`,
    `D:(XA;;FX;;;WD;(${'@User.a == 1 && '.repeat(256)}a))`,
    `D:(XA;;FX;;;WD;(a == {${'"x", '.repeat(4 * KILO)}1}))`,
    `S:(RA;;;;;WD;("a",TS,0x0${',"b"'.repeat(6 * KILO)}))`,
    `S:(RA;;;;;WD;("a",TI,0x0${',1'.repeat(5 * KILO)}))`,
  ];
}

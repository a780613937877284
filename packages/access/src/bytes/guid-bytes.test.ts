import { decodeGuid, encodeGuid, type Guid, parseGuid } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readGuid, writeGuid } from './guid-bytes.ts';

it('reads and writes GUIDs as @wmisec/wbem does', () => {
  fc.assert(
    fc.property(fc.uuid(), (text) => {
      const guid = parseGuid(text);
      const bytes = new Uint8Array(20);
      expect(writeGuid(bytes, 2, guid)).toBe(18);
      expect(bytes.subarray(2, 18)).toEqual(encodeGuid(guid));
      expect(readGuid(bytes, 2)).toBe(decodeGuid(bytes, 2));
    }),
  );
});

it('takes other spellings, and refuses what is none', () => {
  const bytes = new Uint8Array(16);
  writeGuid(bytes, 0, '{dc12a687-737f-11cf-884d-00aa004b2e24}');
  expect(readGuid(bytes, 0)).toBe('{DC12A687-737F-11CF-884D-00AA004B2E24}');
  for (const text of ['{}', `{${'0'.repeat(36)}}`]) {
    expect(() => writeGuid(bytes, 0, text as Guid)).toThrow(
      expect.objectContaining({ code: 'INVALID_GUID' }),
    );
  }
});

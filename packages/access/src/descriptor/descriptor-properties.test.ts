import { WmisecError } from '@wmisec/wbem';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSddl } from '../sddl/format-sddl.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { decodeAbsoluteDescriptor, encodeAbsoluteDescriptor } from './absolute-descriptor.ts';
import { arbitraryDescriptor } from './arbitrary-descriptor.ts';
import { decodeSecurityDescriptor } from './decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from './encode-security-descriptor.ts';

const CODES = new Set([
  'ERROR_INVALID_SECURITY_DESCR',
  'ERROR_INVALID_ACL',
  'ERROR_INVALID_SID',
  'INVALID_SDDL',
]);

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof WmisecError) return error.code;
    throw error;
  }
}

describe('any descriptor', () => {
  it('is what decoding its bytes gives', () => {
    fc.assert(
      fc.property(arbitraryDescriptor, (descriptor) => {
        expect(decodeSecurityDescriptor(encodeSecurityDescriptor(descriptor))).toEqual(descriptor);
      }),
      { numRuns: 500 },
    );
  });

  it('is what parsing its SDDL gives', () => {
    const domain = 'S-1-5-21-1-2-3';
    fc.assert(
      fc.property(arbitraryDescriptor, (descriptor) => {
        expect(parseSddl(formatSddl(descriptor, { domain }), { domain })).toEqual(descriptor);
      }),
      { numRuns: 500 },
    );
  });

  it('is what reading its absolute form from memory gives, but for the bit that says which form it is', () => {
    const address = 0x7ff0_0000_1000n;
    fc.assert(
      fc.property(arbitraryDescriptor, (descriptor) => {
        const memory = encodeAbsoluteDescriptor(descriptor, address);
        const read = (from: bigint, length: number) =>
          memory.slice(Number(from - address), Number(from - address) + length);
        const control = descriptor.control & 0x7fff;
        expect(decodeAbsoluteDescriptor(read, address)).toEqual({ ...descriptor, control });
      }),
    );
  });
});

describe('hostile input', () => {
  it('of random bytes is refused with a code or decoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const code = codeOf(() => decodeSecurityDescriptor(bytes));
        if (code !== undefined) expect(CODES).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('of damaged descriptors is refused with a code, or decoded and written back', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(arbitraryDescriptor, damage, fc.nat(), (descriptor, edits, cut) => {
        const bytes = encodeSecurityDescriptor(descriptor);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const damaged = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
        const code = codeOf(() => {
          const read = decodeSecurityDescriptor(damaged);
          expect(decodeSecurityDescriptor(encodeSecurityDescriptor(read))).toEqual(read);
        });
        if (code !== undefined) expect(CODES).toContain(code);
      }),
      { numRuns: 2000 },
    );
  });

  it('of any text is refused with a code or parsed', () => {
    const fragments = fc.constantFrom(
      'O:',
      'D:',
      'S:',
      '(A;;',
      ';',
      ')',
      '(',
      'BA',
      'S-1-',
      '&&',
      '@User.',
      '{',
      '"',
    );
    const text = fc.array(fc.oneof(fragments, fc.string({ maxLength: 4 })), { maxLength: 20 });
    fc.assert(
      fc.property(text, (parts) => {
        const code = codeOf(() => parseSddl(parts.join('')));
        if (code !== undefined) expect(code).toBe('INVALID_SDDL');
      }),
      { numRuns: 2000 },
    );
  });

  it('of damaged SDDL is refused with a code or parsed', () => {
    fc.assert(
      fc.property(
        arbitraryDescriptor,
        fc.nat(),
        fc.string({ maxLength: 3 }),
        (descriptor, place, inserted) => {
          const sddl = formatSddl(descriptor);
          const at = place % (sddl.length + 1);
          const code = codeOf(() => parseSddl(sddl.slice(0, at) + inserted + sddl.slice(at + (place % 3))));
          if (code !== undefined) expect(code).toBe('INVALID_SDDL');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

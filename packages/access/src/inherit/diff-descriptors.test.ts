import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryDescriptor } from '../descriptor/arbitrary-descriptor.ts';
import { parseSddl } from '../sddl/parse-sddl.ts';
import { diffDescriptors } from './diff-descriptors.ts';

function diff(before: string, after: string): string[] {
  return diffDescriptors(parseSddl(before), parseSddl(after));
}

describe('the difference of two descriptors', () => {
  it('names what is added and removed', () => {
    expect(diff('D:(A;CI;CCDCRP;;;AU)', 'D:(A;CI;CC;;;AU)(D;;CC;;;S-1-5-21-1-2-3-9)')).toEqual([
      'DACL: removed (A;CI;CCDCRP;;;AU) allow Authenticated User, also on children',
      'DACL: added (A;CI;CC;;;AU) allow Authenticated User, also on children',
      'DACL: added (D;;CC;;;S-1-5-21-1-2-3-9) deny S-1-5-21-1-2-3-9',
    ]);
  });

  it('tells the three kinds of ACL apart', () => {
    expect(diff('D:NO_ACCESS_CONTROL', 'D:')).toEqual(['DACL: null becomes a list']);
    expect(diff('O:BA', 'O:BAD:NO_ACCESS_CONTROL')).toEqual(['DACL: not present becomes null']);
  });

  it('names owner, group and protection', () => {
    expect(diff('O:BAD:', 'O:SYG:BAD:P')).toEqual([
      'owner: Administrators becomes Local System',
      'group: none becomes Administrators',
      'DACL: becomes protected from inheritance',
    ]);
  });

  it('says that entries change places', () => {
    expect(diff('D:(D;;CC;;;BG)(A;;CC;;;AU)', 'D:(A;;CC;;;AU)(D;;CC;;;BG)')).toEqual([
      'DACL: the order of the other entries changes',
    ]);
  });

  it('counts repeated entries', () => {
    expect(diff('S:(AU;SA;CC;;;WD)(AU;SA;CC;;;WD)', 'S:(AU;SA;CC;;;WD)')).toEqual([
      'SACL: removed (AU;SA;CC;;;WD) audit World',
    ]);
  });

  it('of any descriptor with itself is none', () => {
    fc.assert(
      fc.property(arbitraryDescriptor, (each) => {
        expect(diffDescriptors(each, each)).toEqual([]);
      }),
    );
  });
});

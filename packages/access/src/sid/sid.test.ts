import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySid } from '../descriptor/arbitrary-descriptor.ts';
import { compareSids } from './compare-sids.ts';
import { decodeSid } from './decode-sid.ts';
import { encodeSid, sidLength } from './encode-sid.ts';
import { parseSid } from './parse-sid.ts';
import type { Sid } from './sid.ts';
import { sidName } from './sid-name.ts';
import { WellKnownSid } from './well-known-sid.ts';

const ADMINISTRATORS = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];

describe('parseSid', () => {
  it.each([
    ['S-1-5-32-544', 'S-1-5-32-544'],
    ['s-1-1-0', 'S-1-1-0'],
    ['S-1-0x5-18', 'S-1-5-18'],
    ['S-1-5-0x20-0x220', 'S-1-5-32-544'],
    ['S-1-5-032-0544', 'S-1-5-32-544'],
    ['S-1-4294967296-1', 'S-1-0x000100000000-1'],
    ['S-1-0x10000000000-1', 'S-1-0x010000000000-1'],
    ['S-1-5-4294967295', 'S-1-5-4294967295'],
  ])('gives the canonical text of %s', (text, canonical) => expect(parseSid(text)).toBe(canonical));

  it.each([
    ['', 0],
    ['BA', 0],
    ['S-2-5-18', 0],
    ['S-1-', 4],
    ['S-1-5', 5],
    ['S-1-5-', 6],
    ['S-1-5-x', 6],
    ['S-1-5-18 ', 8],
    ['S-1-5-4294967296', 6],
    ['S-1-281474976710656-1', 4],
    ['S-1-5--1', 6],
    [`S-1-5${'-1'.repeat(16)}`, 35],
  ])('refuses %j at offset %i', (text, offset) => {
    expect(() => parseSid(text)).toThrow(expect.objectContaining({ code: 'ERROR_INVALID_SID', offset }));
  });

  it('takes fifteen sub-authorities', () => {
    const text = `S-1-5${'-1'.repeat(15)}`;
    expect(parseSid(text)).toBe(text);
  });
});

describe('the bytes of a SID', () => {
  it('are those of docs/rules.md 12.6', () => {
    expect(Array.from(encodeSid(WellKnownSid.Administrators))).toEqual(ADMINISTRATORS);
    expect(decodeSid(Uint8Array.from(ADMINISTRATORS))).toBe('S-1-5-32-544');
    expect(decodeSid(Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0))).toBe('S-1-5-18');
  });

  it('have a big-endian authority', () => {
    const bytes = Uint8Array.of(1, 1, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0);
    expect(decodeSid(bytes)).toBe('S-1-0x010203040506-7');
    expect(encodeSid('S-1-0x010203040506-7')).toEqual(bytes);
  });

  it('are read back as the same SID', () => {
    fc.assert(
      fc.property(arbitrarySid, (sid) => {
        const bytes = encodeSid(sid);
        expect(bytes).toHaveLength(sidLength(sid));
        expect(decodeSid(bytes)).toBe(sid);
        expect(parseSid(sid)).toBe(sid);
      }),
    );
  });

  it.each([
    ['no bytes', [], 0],
    ['a truncated one', ADMINISTRATORS.slice(0, 15), 0],
    ['revision 2', [2, ...ADMINISTRATORS.slice(1)], 0],
    ['sixteen sub-authorities', [1, 16, ...new Array(80).fill(0)], 1],
  ])('are refused: %s', (_, bytes, offset) => {
    expect(() => decodeSid(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'ERROR_INVALID_SID', offset }),
    );
  });

  it.each([
    'S-1-',
    'S-1-5-',
    'S-1-5-x',
    'S-1-5-4294967296',
    'S-1-0xg-1',
    'T-1-5-18',
    `S-1-5${'-1'.repeat(16)}`,
  ])('are not made of %j', (text) => {
    expect(() => encodeSid(text as Sid)).toThrow(expect.objectContaining({ code: 'ERROR_INVALID_SID' }));
  });
});

describe('compareSids', () => {
  it('orders by numbers, not by letters', () => {
    const sids: Sid[] = ['S-1-5-21-9', 'S-1-5-21-10', 'S-1-1-0', 'S-1-0x010000000000-1', 'S-1-5-21'];
    expect(sids.sort(compareSids)).toEqual([
      'S-1-1-0',
      'S-1-5-21',
      'S-1-5-21-9',
      'S-1-5-21-10',
      'S-1-0x010000000000-1',
    ]);
    expect(compareSids('S-1-5-18', 'S-1-5-18')).toBe(0);
  });
});

describe('sidName', () => {
  it('spells out the name of a well-known SID, and gives others as they are', () => {
    expect(sidName('S-1-5-11')).toBe('Authenticated User');
    expect(sidName('S-1-5-21-1-2-3-500')).toBe('S-1-5-21-1-2-3-500');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParseError } from '../errors/parse-error.ts';
import { mofDocument } from './arbitrary-mof.ts';
import { formatMof } from './format-mof.ts';
import { parseMof } from './parse-mof.ts';

/** Runs a parser on hostile text; anything but a result or a ParseError fails the test. */
function parseOrRefuse(text: string): void {
  try {
    parseMof(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
  }
}

describe('MOF text', () => {
  it('is read back as the document that was written', () => {
    fc.assert(
      fc.property(mofDocument, (document) => {
        expect(parseMof(formatMof(document))).toEqual(document);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused with ParseError alone, however it is damaged', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat({ max: 6 }),
      add: fc.oneof(
        fc.constantFrom('"', "'", '{', '}', '[', '(', '/*', '$', '#', '\\x', '1.5e', '\0'),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(mofDocument, fc.array(damage, { minLength: 1, maxLength: 3 }), (document, damages) => {
        const damaged = damages.reduce((text, { at, drop, add }) => {
          const offset = Math.floor(at * text.length);
          return text.slice(0, offset) + add + text.slice(offset + drop);
        }, formatMof(document));
        parseOrRefuse(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it('of random tokens is refused with ParseError alone', () => {
    const words = fc.constantFrom(
      ...'class instance of as ref Qualifier # pragma include [ ] { } ( ) : ; , = $a "s" \'c\' 1 0x1F 1.5 NULL TRUE uint32 object X in'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (soup) => parseOrRefuse(soup.join(' '))),
      { numRuns: 500 },
    );
  });
});

describe('hostile MOF text', () => {
  const open = 'class X { object P = instance of Y { Q = ';

  it.each([
    ['objects in objects without end', `${open}${'instance of Y { Q = '.repeat(100_000)}`],
    ['classes in classes without end', 'class X { object P = '.repeat(100_000)],
    ['qualifiers before qualifiers', '['.repeat(100_000)],
    ['a comment that never ends', '/*'.repeat(100_000)],
    ['a string that never ends', `"${'\\"'.repeat(100_000)}`],
    ['a number of a million digits', `class X { uint8 P = ${'9'.repeat(1_000_000)}; };`],
    ['an array that never ends', `class X { uint8 P[] = {${'1,'.repeat(100_000)}`],
    ['a name of ten million letters', 'a'.repeat(10_000_000)],
    ['an alias of ten million letters', `$${'é'.repeat(10_000_000)}`],
    ['a name one letter too long', `class X { ${'x'.repeat(0x1001)} a; };`],
    ['flags without end', `#pragma classflags("${','.repeat(1_000_000)}")`],
    ['aliases that never end', '$'.repeat(100_000)],
  ])('is refused: %s', (_, text) => {
    expect(() => parseMof(text)).toThrow(ParseError);
  });
});

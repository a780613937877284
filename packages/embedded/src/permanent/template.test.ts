import { defineClass, fromDate, instanceOf } from '@wmisec/wbem';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extrinsicEventClass } from '../system-classes/event-classes.ts';
import { escapeControls, expandTemplate, MAX_EXPANDED, parseTemplate } from './template.ts';

const disk = defineClass({ name: 'Acme_Disk', properties: { Letter: 'string', Free: 'uint64' } });
const eventClass = defineClass({
  name: 'Acme_Event',
  superclass: extrinsicEventClass,
  properties: {
    Text: 'string',
    Used: 'uint8',
    Full: 'boolean',
    At: 'datetime',
    Numbers: 'uint16[]',
    Words: 'string[]',
    TargetInstance: 'object',
    Disks: 'object[]',
  },
});
const [c, d] = [instanceOf(disk, { Letter: 'C:', Free: 5 }), instanceOf(disk, { Letter: 'D:' })];

const expand = (template: string, properties: Record<string, unknown> = {}, clean = (text: string) => text) =>
  expandTemplate(parseTemplate(template), instanceOf(eventClass, properties), clean);

describe('Microsoft, "Using Standard String Templates"', () => {
  test.each([
    ['text stays as it is', 'Some text here', {}, 'Some text here'],
    ['a number', '%Used%', { Used: 90 }, '90'],
    ['a boolean', '%Full%', { Full: true }, 'TRUE'],
    ['a property inside of text', 'The use is %Used% now', { Used: 90 }, 'The use is 90 now'],
    ['a property of an embedded object', '%TargetInstance.Free%', { TargetInstance: c }, '5'],
    ['two percent signs are one', '%%Used%% 100%%', { Used: 90 }, '%Used% 100%'],
    ['an array', '%Numbers%', { Numbers: [1, 5, 10, 1024] }, '(1,5,10,1024)'],
    ['an array of one element', '%Numbers%', { Numbers: [7] }, '7'],
    ['an array of none', '%Numbers%', { Numbers: [] }, '()'],
    ['properties of an array of objects', '%Disks.Letter%', { Disks: [c, d] }, '("C:","D:")'],
    ['what is in quotes is not replaced', 'It is "%Used%"', { Used: 90 }, 'It is "%Used%"'],
    ['names in any case', '%used%', { Used: 90 }, '90'],
    ['null and what there is not are nothing', '[%Text%|%Nr%|%Text.Nr%]', {}, '[||]'],
    ['the class', '%__CLASS%', {}, 'Acme_Event'],
    ['what begins nothing stands for itself', '100% sure, 5%-6%', {}, '100% sure, 5%-6%'],
  ])('%s', (_, template, properties, text) => {
    expect(expand(template, properties)).toBe(text);
  });

  test('an embedded object is its MOF, and a datetime as CIM writes it', () => {
    expect(expand('%TargetInstance%', { TargetInstance: c })).toContain('instance of Acme_Disk');
    expect(expand('%At%', { At: fromDate(new Date('2031-05-06T07:08:09Z')) })).toMatch(
      /^20310506\d{6}\.\d{6}[+-]\d{3}$/,
    );
  });
});

describe('any text', () => {
  const pieces = fc.array(
    fc.oneof(fc.constantFrom('%', '%%', '"', '%Text%', '%a.b%', '%%%', '\\', ' '), fc.string()),
    { maxLength: 40 },
  );

  test('is a template, and loses nothing but doubled percent signs', () => {
    fc.assert(
      fc.property(pieces, (list) => {
        const text = list.join('');
        const parts = parseTemplate(text);
        const shown = parts.map((part) => (part.kind === 'text' ? part.text : `%${part.path.join('.')}%`));
        expect(shown.join('').replaceAll('%', '')).toBe(text.replaceAll('%', ''));
      }),
    );
  });

  test('without percent signs becomes itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('%', '');
        expect(expand(plain)).toBe(plain);
      }),
    );
  });

  test('of an event is put in once: what looks like a template there is none', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 50 }),
        fc.constantFrom('%Used%', '%%', '"%Used%"'),
        (before, inner) => {
          expect(expand('<%Text%>', { Text: before + inner, Used: 5 })).toBe(`<${before}${inner}>`);
        },
      ),
    );
  });

  test('of an event stays on one line where that is asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (Text) => {
        expect(expand('%Text%', { Text }, escapeControls)).not.toMatch(/[\r\n\0\u2028\u0085]/);
      }),
    );
    expect(expand('a\n%Text%', { Text: 'x\r\n\ty\0' }, escapeControls)).toBe('a\nx\\r\\n\ty\\u0000');
  });

  test('is read in time that grows with its length', () => {
    for (const text of [
      '%'.repeat(1e5),
      '"'.repeat(1e5),
      '%a'.repeat(5e4),
      `%${'a.'.repeat(5e4)}`,
      'a'.repeat(1e5),
    ])
      expect(parseTemplate(text).length).toBeLessThanOrEqual(1e5);
  });
});

test('a template that becomes too much is refused before it has', () => {
  const Text = 'x'.repeat(MAX_EXPANDED);
  expect(expand('%Text%', { Text })).toHaveLength(MAX_EXPANDED);
  for (const template of ['%Text%.', '%Text%'.repeat(10_000)])
    expect(() => expand(template, { Text })).toThrow(
      expect.objectContaining({ code: 'WBEM_E_QUOTA_VIOLATION' }),
    );
});

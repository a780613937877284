import { WmisecError } from '@wmisec/wbem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

test('YAML and JSON say the same', () => {
  const yaml = `
namespaces:
  root/cimv2:
    requiresEncryption: true
    deny: [{ sid: S-1-5-32-546, rights: [fullControl] }]
    allow: [{ sid: S-1-5-32-559, rights: [Enable, WBEM_REMOTE_ACCESS], appliesTo: children }]
`;
  const json = JSON.stringify({
    namespaces: {
      'root\\cimv2': {
        requiresEncryption: true,
        deny: [{ sid: 'S-1-5-32-546', rights: ['fullControl'] }],
        allow: [{ sid: 'S-1-5-32-559', rights: ['Enable', 'WBEM_REMOTE_ACCESS'], appliesTo: 'children' }],
      },
    },
  });
  const expected = {
    namespaces: [
      {
        namespace: 'root\\cimv2',
        mode: 'add',
        requiresEncryption: true,
        revoke: [],
        entries: [
          { effect: 'deny', sid: 'S-1-5-32-546', mask: 0x6003f, appliesTo: 'this' },
          { effect: 'allow', sid: 'S-1-5-32-559', mask: 0x21, appliesTo: 'children' },
        ],
      },
    ],
  };
  expect(parsePolicy(yaml)).toEqual(expected);
  expect(parsePolicy(json)).toEqual(expected);
});

const entry = (sid: string, rights: string) =>
  `namespaces: { root: { allow: [{ sid: ${sid}, rights: ${rights} }] } }`;

test.each([
  ['not a mapping', 'hello', 'hello'],
  ['broken YAML', 'namespaces: {', 'line 1'],
  ['a name instead of a SID', entry('"BUILTIN\\\\Users"', '[enable]'), 'namespaces.root.allow.0.sid'],
  ['an unknown right', entry('S-1-5-11', '[fly]'), 'fly'],
  ['no rights', entry('S-1-5-11', '[]'), 'namespaces.root.allow.0.rights'],
  ['a key that is none', 'namespaces: { root: { grant: [] } }', 'grant'],
  ['a namespace twice', 'namespaces: { root/a: {}, ROOT\\A: {} }', 'twice'],
  [
    'a SID both granted and revoked',
    'namespaces: { root: { revoke: [S-1-5-11], allow: [{ sid: S-1-5-11, rights: [enable] }] } }',
    'S-1-5-11',
  ],
])('%s is refused, and the sentence says where', (_, text, words) => {
  expect(() => parsePolicy(text)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(words) }),
  );
});

test('an alias bomb is refused', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nnamespaces: [*c,*c,*c,*c]`;
  expect(() => parsePolicy(bomb)).toThrow();
});

test('any text is a policy or a coded error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        parsePolicy(text);
      } catch (error) {
        expect(error).toBeInstanceOf(WmisecError);
      }
    }),
  );
});

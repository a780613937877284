import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WbemError } from '../errors/wbem-error.ts';
import { hostAccount, parseHostingModel } from './hosting-model.ts';

test.each([
  [null, 'networkServiceHost', true],
  ['SelfHost', 'selfHost', false],
  ['LocalSystemHost', 'localSystemHost', false],
  ['LocalSystemHostOrSelfHost', 'localSystemHost', true],
  ['NetworkServiceHost', 'networkServiceHost', false],
  ['NetworkServiceHostOrSelfHost', 'networkServiceHost', true],
  ['LocalServiceHost', 'localServiceHost', false],
  ['decoupled:COM', 'decoupledCom', false],
  ['Decoupled:NonCom', 'decoupledNonCom', false],
] as const)('rules 9.11: %s', (text, kind, orSelfHost) => {
  expect(parseHostingModel(text)).toMatchObject({ kind, orSelfHost, group: null });
});

test('a decoupled provider folds the identities of its callers unless it is told not to', () => {
  expect(parseHostingModel('Decoupled:Com').foldIdentity).toBe(true);
  expect(parseHostingModel('Decoupled:Com:FoldIdentity(TRUE)').foldIdentity).toBe(true);
  expect(parseHostingModel('Decoupled:Com:FoldIdentity(FALSE)').foldIdentity).toBe(false);
});

test('a host can be shared under a name', () => {
  expect(parseHostingModel('NetworkServiceHost:Acme')).toMatchObject({
    kind: 'networkServiceHost',
    group: 'Acme',
  });
});

test('a model says as whom its code runs', () => {
  expect(hostAccount(parseHostingModel(null))).toBe('NetworkService');
  expect(hostAccount(parseHostingModel('LocalSystemHost'))).toBe('LocalSystem');
});

test.each([
  '',
  'Host',
  'SelfHost:Group',
  'NetworkServiceHost:',
  'Decoupled',
  'Decoupled:Com:FoldIdentity()',
  ' SelfHost',
])('what is no model is WBEM_E_INVALID_PROVIDER_REGISTRATION: %o', (text) => {
  expect(() => parseHostingModel(text)).toThrow(expect.objectContaining({ hresult: 0x80041012 }));
});

test('any text is a model or that error', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseHostingModel(text);
      } catch (error) {
        expect(error).toBeInstanceOf(WbemError);
      }
    }),
  );
});

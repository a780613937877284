import { expectTypeOf, test } from 'vitest';
import type { CArguments, CResult } from './c-declaration.ts';
import type { MethodArguments } from './define-interface.ts';
import type { IWbemServices } from './interfaces/client.ts';
import type { Bound } from './native.ts';
import type { NULL, Ptr } from './pointer.ts';

test('a declaration is also the TypeScript type of its argument', () => {
  expectTypeOf<CArguments<['LONG lFlags', 'unsigned char uType']>>().toEqualTypeOf<[number, number]>();
  expectTypeOf<CArguments<['const BSTR strUser']>>().toEqualTypeOf<[Ptr<'BSTR'>]>();
  expectTypeOf<CArguments<['IWbemServices **pp']>>().toEqualTypeOf<[Ptr<'IWbemServices*'>]>();
  expectTypeOf<CArguments<['REFIID riid']>>().toEqualTypeOf<[Ptr<'GUID'>]>();
  expectTypeOf<CResult<'HRESULT'>>().toEqualTypeOf<number>();
  expectTypeOf<CResult<'BSTR'>>().toEqualTypeOf<Ptr<'BSTR'>>();
});

test('pointers of one interface do not pass for another, null and void pointers pass for all', () => {
  expectTypeOf<Ptr<'IWbemServices'>>().not.toExtend<Ptr<'IWbemLocator'>>();
  expectTypeOf<number>().not.toExtend<Ptr<'IWbemServices'>>();
  expectTypeOf<typeof NULL>().toExtend<Ptr<'IWbemServices'>>();
  expectTypeOf<Ptr>().toExtend<Ptr<'IWbemServices'>>();
});

test('the methods of a bound object take what the interface table says', () => {
  type Services = typeof IWbemServices;
  expectTypeOf<MethodArguments<Services, 'CancelAsyncCall'>>().toEqualTypeOf<[Ptr<'IWbemObjectSink'>]>();
  expectTypeOf<Bound<Services>['Release']>().toEqualTypeOf<() => number>();
});

import { join } from 'node:path';
import { Apartment, defineLibrary, openNative } from '@wmisec/com-core';

const library = defineLibrary(join(process.env['WMISEC_FIXTURES'] ?? '', 'security-fixture.dll'), {
  securityFixtureInstall: ['HRESULT'],
  securityFixtureRemove: ['HRESULT'],
  securityFixtureTurn: ['void', 'LPCWSTR name', 'DWORD value'],
  securityFixtureTakeJournal: ['BSTR'],
  securityFixtureLiveProxies: ['LONG'],
  securityFixtureCountInMemory: ['ULONG', 'const BYTE *masked', 'DWORD size', 'BYTE mask'],
});

/** A switch of the C++ fixture; `services`, `enumerator` and `callResult` also with `.unknown` behind. */
type Switch =
  | 'connect.delay'
  | 'connect.result'
  | 'call.delay'
  | 'hidePasswords'
  | 'negotiated.service'
  | 'process.level'
  | 'process.impersonation'
  | 'server.minimum'
  | `${'services' | 'enumerator' | 'callResult'}${'' | '.unknown'}.${'set' | 'query' | 'level' | 'impersonation' | 'service' | 'withheld' | 'insecure'}`;

/** Puts the C++ server in the place of the system's locator, with its journal empty, until disposal. */
export function installFixture() {
  const native = openNative();
  const functions = native.library(library);
  const apartment = new Apartment(native);
  const installed = functions.securityFixtureInstall();
  if (installed !== 0) throw new Error(`the fixture cannot be installed: 0x${installed.toString(16)}`);
  return {
    native,
    /** Makes the server act otherwise than it would. */
    turn: (name: Switch, value: number) => functions.securityFixtureTurn(name, value),
    /** What was called since the last time, a line each. */
    takeJournal(): string[] {
      const text = functions.securityFixtureTakeJournal();
      const lines = native.memory.readText(text).split('\n').filter(Boolean);
      native.oleaut32.SysFreeString(text);
      return lines;
    },
    /** Proxies that have not been released. */
    liveProxies: () => functions.securityFixtureLiveProxies(),
    /** How often a secret, masked byte by byte, stands in this process's memory. */
    countInMemory(masked: Uint8Array, mask: number): number {
      using block = native.memory.alloc(masked.length);
      block.bytes.set(masked);
      return functions.securityFixtureCountInMemory(block.ptr, masked.length, mask);
    },
    [Symbol.dispose](): void {
      functions.securityFixtureRemove();
      apartment[Symbol.dispose]();
    },
  };
}

export type Fixture = ReturnType<typeof installFixture>;

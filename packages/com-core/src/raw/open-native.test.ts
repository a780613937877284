import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import * as comCore from '../index.ts';
import { openNative } from './open-native.ts';

describe.skipIf(process.platform === 'win32')('away from Windows', () => {
  test('opening the raw storey fails with UNSUPPORTED_PLATFORM and names the platform', () => {
    expect(openNative).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_PLATFORM',
        message: expect.stringContaining(process.platform),
      }),
    );
  });

  test('importing the package, and failing to open it, does not load koffi', () => {
    expect(Object.keys(comCore)).toContain('openNative');
    expect(openNative).toThrow();
    const loaded = Object.keys(createRequire(import.meta.url).cache ?? {});
    expect(loaded.filter((path) => path.includes('koffi'))).toEqual([]);
    expect(process.report.getReport()).toHaveProperty('sharedObjects');
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
    expect(sharedObjects.filter((path) => path.includes('koffi'))).toEqual([]);
  });
});

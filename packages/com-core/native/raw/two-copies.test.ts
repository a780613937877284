import { expect, test, vi } from 'vitest';

test('two copies of the package work side by side in one process', async () => {
  const first = await import('../../src/raw/open-native.ts');
  vi.resetModules();
  const second = await import('../../src/raw/open-native.ts');
  expect(second.openNative).not.toBe(first.openNative);

  const { ComHost } = await import('../../src/raw/com-host.ts');
  const { serve } = await import('../../src/raw/com-object.ts');
  const { IWbemObjectSink } = await import('../../src/raw/interfaces/client.ts');
  for (const { openNative } of [first, second]) {
    const native = openNative();
    using host = new ComHost(native);
    using sink = host.create(serve(IWbemObjectSink, { Indicate: (count) => count }));
    const bound = native.bind(IWbemObjectSink, sink.pointer(IWbemObjectSink));
    expect(bound.Indicate(7, sink.ptr)).toBe(7);
  }
});

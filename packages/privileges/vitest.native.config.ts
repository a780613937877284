import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import { nativeProject } from '../../tooling/build/vitest.ts';

export default mergeConfig(nativeProject('privileges'), {
  test: {
    globalSetup: fileURLToPath(new URL('./native/threads/build-programs.ts', import.meta.url)),
    // Loading the sources takes longer than most files do. What they share is the system's, and each gives it back.
    isolate: false,
  },
});

import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vitest/config';
import { nativeProject } from '../../tooling/build/vitest.ts';

export default mergeConfig(nativeProject('provider'), {
  test: { globalSetup: fileURLToPath(new URL('./native/threads/build-programs.ts', import.meta.url)) },
});

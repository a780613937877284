import { mergeConfig } from 'vitest/config';
import { nativeProject } from '../../tooling/build/vitest.ts';

export default mergeConfig(nativeProject('privileges'), {
  test: { globalSetup: 'native/threads/build-programs.ts' },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.native.config.ts',
      'apps/cli/vitest.native.config.ts',
      'apps/samples/*/vitest.native.config.ts',
      'tooling/*/vitest.native.config.ts',
    ],
  },
});

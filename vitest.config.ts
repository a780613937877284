import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'apps/cli/vitest.config.ts',
      'apps/samples/*/vitest.config.ts',
      'tooling/*/vitest.config.ts',
    ],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { projects: ['packages/*/vitest.native.config.ts', 'tooling/*/vitest.native.config.ts'] },
});

import { unitProject } from '../build/vitest.ts';

export default unitProject('scripts', ['**/*.test.mjs']);

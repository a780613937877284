import { unitProject } from '../build/vitest.ts';

export default unitProject('wine', ['*.test.mjs']);

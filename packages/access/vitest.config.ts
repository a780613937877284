import { unitProject } from '../../tooling/build/vitest.ts';

export default unitProject('access', ['src/**/*.test.ts', 'samba/**/*.test.ts']);

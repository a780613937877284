import { unitProject } from '../../../tooling/build/vitest.ts';

export default unitProject('impersonating-provider');

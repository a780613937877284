import { unitProject } from '../build/vitest.ts';

export default unitProject('conformance');

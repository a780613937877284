import { nativeProject } from '../build/vitest.ts';

export default nativeProject('conformance');

import { nativeProject } from '../../../tooling/build/vitest.ts';

export default nativeProject('privileged-operation');

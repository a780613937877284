import { unitProject } from '../../../tooling/build/vitest.ts';

export default unitProject('event-provider');

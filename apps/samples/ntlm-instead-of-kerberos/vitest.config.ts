import { unitProject } from '../../../tooling/build/vitest.ts';

export default unitProject('ntlm-instead-of-kerberos');

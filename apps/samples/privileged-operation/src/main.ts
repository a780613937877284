import type { Principal } from '@wmisec/access';
import { enableInToken, privilegesNeeded } from '@wmisec/privileges';
import { WmisecError } from '@wmisec/wbem';
import { clearTheLog } from './clear-the-log.ts';
import { logClass, startLogServer } from './log-server.ts';
import { administrator } from './people.ts';

await using service = await startLogServer();
const needed = privilegesNeeded(logClass, 'Clear');
console.log(`Clear needs ${needed}`);

const ann = administrator('ann', 'SeSecurityPrivilege', { remote: false });
const ben = administrator('ben', 'SeBackupPrivilege', { remote: false });
await attempt('ann, as she comes', () => ann);
await attempt('ann, enabled', () => enabled(ann));
await attempt('ann, from afar', () => administrator('ann', 'SeSecurityPrivilege', { remote: true }));
await attempt('ben, as he comes', () => ben);
await attempt('ben, enabled', () => enabled(ben));

function enabled(principal: Principal): Principal {
  return { ...principal, token: enableInToken(principal.token, needed) };
}

async function attempt(what: string, who: () => Principal): Promise<void> {
  try {
    await clearTheLog({ transport: service.transport({ as: who() }) });
    console.log(`${what}: cleared`);
  } catch (error) {
    if (!(error instanceof WmisecError)) throw error;
    console.log(`${what}: ${error.code}, ${error.refusal?.fix ?? error.message}`);
  }
}

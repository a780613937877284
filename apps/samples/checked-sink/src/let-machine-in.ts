import { ComRight, parseSddl, type Sid } from '@wmisec/access';
import { sidOfAccount } from '@wmisec/access/native';
import { initializeProcessSecurity, type ProcessSecurityResult } from '@wmisec/auth';
import type { Native } from '@wmisec/com-core';
import { WmisecError } from '@wmisec/wbem';

const { COM_RIGHTS_EXECUTE, COM_RIGHTS_EXECUTE_LOCAL, COM_RIGHTS_EXECUTE_REMOTE } = ComRight;

/**
 * Lets the system of this computer and a machine, `CORP\SRV01`, call into this process, and nobody else. COM takes
 * this once, before its first proxy; the check of each call comes on top, for whoever else may call later.
 * @throws WmisecError `UNKNOWN_ACCOUNT`, and what `initializeProcessSecurity` throws.
 */
export function letMachineIn(native: Native, machine: string): ProcessSecurityResult {
  const descriptor = parseSddl(
    'O:SYG:SYD:' +
      `(A;;${COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL};;;SY)` +
      `(A;;${COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_REMOTE};;;${accountOf(native, machine)})`,
  );
  return initializeProcessSecurity({ access: { kind: 'descriptor', descriptor } }, {}, native);
}

function accountOf(native: Native, machine: string): Sid {
  const sid = sidOfAccount(native, `${machine}$`);
  if (sid !== null) return sid;
  throw new WmisecError('UNKNOWN_ACCOUNT', `no computer account bears the name ${machine}$`);
}

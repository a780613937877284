import type { PrivilegeName } from '@wmisec/access';
import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';

/**
 * `ERROR_NOT_ALL_ASSIGNED`: privileges were asked for that the account does not hold. None of those asked for
 * is then enabled.
 * @see docs/rules.md 7.3
 */
export class PrivilegesMissingError extends WmisecError {
  static override readonly brand: string = 'PrivilegesMissingError';

  /** What the token does not hold, in the order asked. */
  readonly missing: readonly PrivilegeName[];

  constructor(missing: readonly PrivilegeName[]) {
    const them = missing.length === 1 ? 'this privilege' : 'these privileges';
    super('ERROR_NOT_ALL_ASSIGNED', `the token does not hold ${them}: ${missing.join(', ')}`, {
      hresult: hresultFromWin32(Win32Error.ERROR_NOT_ALL_ASSIGNED),
      operation: 'AdjustTokenPrivileges',
    });
    this.missing = missing;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), missing: this.missing };
  }
}

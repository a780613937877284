import { formatHresult } from '../status/hresult.ts';
import { statusName } from '../status/status-name.ts';
import { WmisecError, type WmisecErrorOptions } from './wmisec-error.ts';

export interface WbemErrorOptions extends Omit<WmisecErrorOptions, 'hresult'> {
  /** The `__ExtendedStatus` that came with the failure, as plain properties. */
  readonly extendedStatus?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A failed HRESULT of COM or WMI. `code` is its SDK symbol, or its hex form when it has none here.
 * @see docs/rules.md 11
 */
export class WbemError extends WmisecError {
  static override readonly brand: string = 'WbemError';

  declare readonly hresult: number;
  readonly extendedStatus: Readonly<Record<string, unknown>> | undefined;

  constructor(hresult: number, message?: string, options: WbemErrorOptions = {}) {
    const code = statusName(hresult) ?? formatHresult(hresult);
    const where = options.operation === undefined ? '' : `${options.operation}: `;
    super(code, message ?? `${where}${code} (${formatHresult(hresult)})`, { ...options, hresult });
    this.extendedStatus = options.extendedStatus;
  }
}

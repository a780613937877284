import type { Refused, Sid } from '@wmisec/access';
import {
  type AuthnLevel,
  type AuthnService,
  authnLevelName,
  authnServiceName,
  formatHresult,
  type ImpLevel,
  impLevelName,
  type Refusal,
  statusName,
} from '@wmisec/wbem';
import type { ServerCall } from '../server/server-call.ts';
import { tokenUser } from '../server/token-user.ts';

/** The name of the `diagnostics_channel` that gets a `RefusalRecord` for every call that is refused. */
export const REFUSAL_CHANNEL = 'wmisec:refusal';

/**
 * What is kept of a call that a gate refused; a provider is the gate `provider`, a logon `logon`. It holds nothing that a caller brought
 * beyond names.
 */
export interface RefusalRecord extends Refusal {
  /** By the clock of the service. */
  readonly at: Date;
  /** The idiomatic name of the call, `execQuery`; `open` for a connection. */
  readonly operation: string;
  /** As the client gave it, its first 256 characters. */
  readonly namespace: string;
  /** Who called. */
  readonly principal: { readonly name: string; readonly sid: Sid };
  readonly remote: boolean;
  readonly authnService: AuthnService;
  /** As the call arrived. */
  readonly authnLevel: AuthnLevel;
  /** As the call arrived. */
  readonly impLevel: ImpLevel;
  /** An HRESULT; what the caller got, unless a class below refused and the others gave their rows. */
  readonly status: number;
}

export function refusalRecord(
  { operation, principal }: ServerCall,
  namespace: string,
  { status, refusal }: Refused,
  at: Date,
): RefusalRecord {
  const { name, token, remote, authnService, authnLevel, impLevel } = principal;
  return {
    at,
    operation,
    namespace: namespace.slice(0, 256),
    principal: { name, sid: tokenUser(token) },
    remote,
    authnService,
    authnLevel,
    impLevel,
    ...refusal,
    status,
  };
}

/** A record as one line of JSON: numbers that have a name in the SDK are written by it. */
export function refusalLine(record: RefusalRecord): string {
  const { status, authnService, authnLevel, impLevel } = record;
  return JSON.stringify({
    ...record,
    authnService: authnServiceName(authnService),
    authnLevel: authnLevelName(authnLevel),
    impLevel: impLevelName(impLevel),
    status: formatHresult(status),
    code: statusName(status) ?? formatHresult(status),
  });
}

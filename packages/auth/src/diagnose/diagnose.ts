import {
  formatSddl,
  type GateOutcome,
  getCallerAccessRights,
  getNamespaceDescriptor,
  getRequiresEncryption,
  impersonationLevel,
  namespaceRightNames,
  namespaceRights,
  refused,
  requiredRights,
  requiresEncryption,
  type SecurityDescriptor,
} from '@wmisec/access';
import {
  authnLevelName,
  type Blanket,
  impLevelName,
  type Refusal,
  WbemError,
  WbemStatus,
  WmisecError,
} from '@wmisec/wbem';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { clientPrincipal } from '../gates/client-principal.ts';
import { parseTarget } from '../target/parse-target.ts';
import type { DiagnoseRequest, Diagnosis } from './diagnosis.ts';
import { DiagnosisReport } from './diagnosis-report.ts';
import { explainConnectError } from './explain-connect-error.ts';

/**
 * Walks the gates in order over what can be read through a connection, and answers with the first that
 * refuses, what was missing and what would mend it. Nothing is changed on the way.
 * @throws ParseError for a target that is none; other failures are part of the answer.
 * @see docs/rules.md 0.3
 */
export async function diagnose(request: DiagnoseRequest): Promise<Diagnosis> {
  const { server } = parseTarget(request.target);
  const report = new DiagnosisReport();
  const connection = await tryConnect(request, report);
  if (connection === null) return report.diagnosis();
  await using open = connection;
  const blanket = open.security()[0]?.inForce ?? null;
  report.passed('connect', `connected to ${request.target}`);
  judgeLevels(blanket, report);
  await judgeEncryption(open, blanket, report);
  await judgeRights(open, request, server !== null, report);
  return report.diagnosis();
}

async function tryConnect(request: DiagnoseRequest, report: DiagnosisReport): Promise<Connection | null> {
  try {
    return await connect(request.target, request);
  } catch (error) {
    if (!(error instanceof WmisecError)) throw error;
    report.refusedBy(explainConnectError(error, request.target));
    return null;
  }
}

function judgeLevels(blanket: Blanket | null, report: DiagnosisReport): void {
  if (blanket === null) {
    report.unknown('impersonation-level', 'the proxy cannot tell its blanket; set one and read it back');
    return;
  }
  report.fact('impersonation level', impLevelName(blanket.impLevel), 'CoQueryProxyBlanket');
  report.fact('authentication level', authnLevelName(blanket.authnLevel), 'CoQueryProxyBlanket');
  report.gate('impersonation-level', impersonationLevel(clientPrincipal(false, blanket)));
}

async function judgeEncryption(
  connection: Connection,
  blanket: Blanket | null,
  report: DiagnosisReport,
): Promise<void> {
  const { value: required, refusal } = await attempt(() => getRequiresEncryption(connection.services));
  if (refusal !== null && !report.isRefused) {
    report.refusedBy(refusal);
    return;
  }
  if (required === null || blanket === null) {
    report.unknown('requires-encryption', 'RequiresEncryption on __SystemSecurity cannot be read from here');
    return;
  }
  report.fact('RequiresEncryption', String(required), '__SystemSecurity=@');
  report.gate(
    'requires-encryption',
    requiresEncryption(clientPrincipal(false, blanket), undefined, { requiresEncryption: required }),
  );
}

async function judgeRights(
  connection: Connection,
  request: DiagnoseRequest,
  remote: boolean,
  report: DiagnosisReport,
): Promise<void> {
  const { services } = connection;
  const { value: descriptor } = await attempt(() => getNamespaceDescriptor(services));
  if (descriptor !== null) report.fact('descriptor', sddlText(descriptor), '__SystemSecurity.GetSD');
  const { value: rights, refusal } = await attempt(() => getCallerAccessRights(services));
  if (rights !== null)
    report.fact('rights', namespaceRightNames(rights).join(' '), '__SystemSecurity.GetCallerAccessRights');
  if (descriptor !== null && request.token !== undefined) {
    report.gate('namespace-rights', judgeDescriptor(descriptor, request, services.namespace, remote));
  } else if (rights !== null) {
    report.gate('namespace-rights', judgeMask(rights, request, services.namespace, remote));
  } else if (refusal !== null && !report.isRefused) {
    report.refusedBy(refusal);
  } else {
    report.unknown(
      'namespace-rights',
      'neither the descriptor nor the rights can be read; check the namespace as an administrator',
    );
  }
}

function judgeDescriptor(
  descriptor: SecurityDescriptor,
  request: DiagnoseRequest,
  namespace: string,
  remote: boolean,
): GateOutcome {
  const principal = { ...clientPrincipal(remote), token: request.token! };
  return namespaceRights(
    principal,
    { namespace, operation: request.need, target: request.writeTarget ?? 'static' },
    { descriptor },
  );
}

/** Without the token no entry can be named; the rights themselves are the service's own word. */
function judgeMask(
  rights: number,
  { need, writeTarget = 'static' }: DiagnoseRequest,
  namespace: string,
  remote: boolean,
): GateOutcome {
  const missing = namespaceRightNames(requiredRights(need, writeTarget, remote) & ~rights);
  if (missing.length === 0) return { passed: true };
  const fix = `grant ${missing.join(' and ')} to the caller on ${namespace}`;
  return refused(WbemStatus.WBEM_E_ACCESS_DENIED, 'namespace-rights', { missing, fix });
}

interface Reading<T> {
  readonly value: T | null;
  /** Of a service that says which gate refused; null otherwise. */
  readonly refusal: Refusal | null;
}

async function attempt<T>(read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await read(), refusal: null };
  } catch (error) {
    if (error instanceof WbemError) return { value: null, refusal: error.refusal ?? null };
    throw error;
  }
}

function sddlText(descriptor: SecurityDescriptor): string {
  try {
    return formatSddl(descriptor);
  } catch (error) {
    if (error instanceof WmisecError) return 'a descriptor for which SDDL has no words';
    throw error;
  }
}

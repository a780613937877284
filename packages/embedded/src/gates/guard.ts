import type { Principal } from '@wmisec/access';
import { type CimClass, WbemError, WbemStatus } from '@wmisec/wbem';
import type { NamespaceTree } from '../namespaces/namespace-tree.ts';
import type { ServerCall } from '../server/server-call.ts';
import { OWNER } from '../service/owner.ts';

/** Runs the gates for a call: the one place where the service decides who may do what. */
export class Guard {
  constructor(_tree: NamespaceTree) {}

  checkLogin(call: ServerCall, _namespace: string): void {
    requireOwner(call);
  }

  checkRead(call: ServerCall, _namespace: string): void {
    requireOwner(call);
  }

  checkWriteClass(call: ServerCall, _namespace: string, _dynamic: boolean): void {
    requireOwner(call);
  }

  checkWriteInstance(call: ServerCall, _namespace: string, _cls: CimClass): void {
    requireOwner(call);
  }

  checkExecMethod(call: ServerCall, _namespace: string, _className: string, _method: string): void {
    requireOwner(call);
  }

  checkRows(call: ServerCall, _namespace: string, _owner: Principal): void {
    requireOwner(call);
  }
}

function requireOwner({ principal }: ServerCall): void {
  if (principal.token !== OWNER.token)
    throw new WbemError(WbemStatus.WBEM_E_ACCESS_DENIED, 'only the owner of the service is let in');
}

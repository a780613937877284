import { hresultFromWin32, Win32Error, WmisecError } from '@wmisec/wbem';
import type { AccessResult, NodeResult } from './access-result.ts';
import { AccessRight } from './access-rights.ts';
import { GENERIC_RIGHTS } from './generic-mapping.ts';
import type { PreparedDescriptor } from './prepare-descriptor.ts';
import type { Verdict } from './verdict-cache.ts';

const DENIED: NodeResult = Object.freeze({ granted: false, mask: 0 });
const NOT_HELD: AccessResult = Object.freeze({ granted: false, mask: 0, code: 'ERROR_PRIVILEGE_NOT_HELD' });

/**
 * @throws WmisecError `ERROR_GENERIC_NOT_MAPPED` (1360) for a generic bit, `INVALID_ARGUMENT` for no mask at all.
 */
export function requireMappedMask(desired: number): void {
  if (!Number.isInteger(desired) || desired < 0 || desired > 0xffffffff)
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `expected a mask of 32 bits without sign, got ${String(desired)}`,
    );
  if ((desired & GENERIC_RIGHTS) !== 0)
    throw new WmisecError(
      'ERROR_GENERIC_NOT_MAPPED',
      `expected a mask without generic rights, got 0x${desired.toString(16).toUpperCase()}`,
      { hresult: hresultFromWin32(Win32Error.ERROR_GENERIC_NOT_MAPPED) },
    );
}

/**
 * Answers one question from a verdict.
 * @see docs/rules.md 12.3
 */
export function decide(descriptor: PreparedDescriptor, verdict: Verdict, desired: number): AccessResult {
  const refused = refusedBeforeDacl(verdict, desired);
  const result = refused ?? decideNode(descriptor, verdict, desired, 0);
  if (!descriptor.byType) return result;
  const nodes = descriptor.tree.parent.map((_, node) =>
    refused === null ? decideNode(descriptor, verdict, desired, node) : DENIED,
  );
  return { ...result, nodes };
}

/** Mandatory rules come first, then the right that no entry gives. */
function refusedBeforeDacl({ permitted, privileged }: Verdict, desired: number): AccessResult | null {
  if (desired === 0) return DENIED;
  if ((desired & ~permitted & ~AccessRight.MaximumAllowed) !== 0) return DENIED;
  const needsPrivilege = desired & AccessRight.AccessSystemSecurity;
  return (needsPrivilege & ~privileged) !== 0 ? NOT_HELD : null;
}

function decideNode(
  descriptor: PreparedDescriptor,
  verdict: Verdict,
  desired: number,
  node: number,
): NodeResult {
  const named = desired & ~AccessRight.MaximumAllowed;
  const maximum = (desired & AccessRight.MaximumAllowed) !== 0;
  const allowed = verdict.allowed[descriptor.open ? 0 : node]! & verdict.permitted;
  if ((named & ~verdict.privileged & ~allowed) !== 0) return DENIED;
  if (!maximum) return { granted: true, mask: named >>> 0 };
  // Without a DACL the maximum is all that the kind of object has, and is granted even when that is nothing.
  if (descriptor.open) return { granted: true, mask: (named | openMaximum(descriptor, verdict)) >>> 0 };
  const mask = (named | allowed) >>> 0;
  return mask === 0 ? DENIED : { granted: true, mask };
}

function openMaximum({ options }: PreparedDescriptor, { permitted }: Verdict): number {
  return (options.mapping?.all ?? 0) & permitted;
}

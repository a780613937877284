import type { Claim } from '../../descriptor/claim-attribute.ts';
import type { AttributeSource } from '../../descriptor/condition.ts';
import type { PreparedToken, SidSet } from '../prepare-token.ts';

/** Where a condition finds its facts. */
export interface ConditionContext {
  readonly sids: SidSet;
  readonly deviceSids: SidSet;
  readonly attributes: Readonly<Record<AttributeSource, ReadonlyMap<string, Claim>>>;
}

export function conditionContext(
  { resource }: { readonly resource: ReadonlyMap<string, Claim> },
  { sids, deviceSids, claims }: PreparedToken,
): ConditionContext {
  return { sids, deviceSids, attributes: { ...claims, resource } };
}

import type { GenericMapping, PreparedDescriptor, PrivilegeName, SecurityDescriptor } from '@wmisec/access';

/** What a caller needs of a descriptor that the provider keeps itself. */
export interface DescriptorDemand {
  /** Who may do what; text is SDDL with owner and group. */
  readonly descriptor: string | SecurityDescriptor | PreparedDescriptor;
  /** A mask without generic rights. */
  readonly desired: number;
  /** What generic rights in entries mean. Default: nothing. */
  readonly mapping?: GenericMapping;
}

/** What a caller must have enabled. */
export interface PrivilegeDemand {
  readonly privileges: readonly PrivilegeName[];
}

/**
 * What a handler asks of its caller: a right by name (`WBEM_WRITE_PROVIDER`, or `providerWrite`) of the provider's
 * `security`, rights of another descriptor, or privileges.
 */
export type Demand = string | DescriptorDemand | PrivilegeDemand;

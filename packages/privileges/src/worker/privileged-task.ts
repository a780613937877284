import type { PrivilegeName } from '@wmisec/access';

/** What a privileged thread is given. */
export interface PrivilegedTask {
  readonly names: readonly PrivilegeName[];
  readonly module: string;
  readonly exportName: string;
  readonly args: readonly unknown[];
}

/** What it answers, once. */
export type PrivilegedAnswer =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'missing'; readonly missing: readonly PrivilegeName[] }
  | { readonly kind: 'wbem'; readonly hresult: number; readonly message: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

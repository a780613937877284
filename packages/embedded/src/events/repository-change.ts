import type { CimClass, PropertyBag } from '@wmisec/wbem';

/** What was written; null before a creation and after a deletion. */
export type RepositoryChange =
  | { readonly kind: 'namespace'; readonly path: string; readonly existed: boolean; readonly exists: boolean }
  | {
      readonly kind: 'class';
      readonly namespace: string;
      readonly before: CimClass | null;
      readonly after: CimClass | null;
    }
  | {
      readonly kind: 'instance';
      readonly namespace: string;
      readonly className: string;
      readonly before: PropertyBag | null;
      readonly after: PropertyBag | null;
    };

import type { CimClass } from '@wmisec/wbem';
import { baseClasses } from './base-classes.ts';
import { eventClasses } from './event-classes.ts';
import { namespaceClasses } from './namespace-classes.ts';
import { providerClasses } from './provider-classes.ts';
import { securityClasses } from './security-classes.ts';

/** The classes that every namespace has, parents before their children. */
export const systemClasses: readonly CimClass[] = [
  ...baseClasses,
  ...securityClasses,
  ...namespaceClasses,
  ...providerClasses,
  ...eventClasses,
];

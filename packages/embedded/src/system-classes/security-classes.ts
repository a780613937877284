import { defineSecurityClasses } from '@wmisec/access';
import type { CimClass } from '@wmisec/wbem';

/** In which a descriptor is spelled out. */
export const descriptorClasses = defineSecurityClasses();

export const securityClasses: readonly CimClass[] = [
  descriptorClasses.related,
  descriptorClasses.trustee,
  descriptorClasses.ace,
  descriptorClasses.descriptor,
];

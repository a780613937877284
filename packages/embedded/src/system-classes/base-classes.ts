import { type CimClass, defineClass, eventBaseClasses } from '@wmisec/wbem';

/** The root of the system classes. */
export const { systemClass } = eventBaseClasses;

/** What a failed call tells beside its status. @see MicrosoftDocs WmiSdk, `__ExtendedStatus` */
const notifyStatus = defineClass({
  name: '__NotifyStatus',
  qualifiers: { abstract: true },
  properties: { StatusCode: 'uint32' },
});

const extendedStatus = defineClass({
  name: '__ExtendedStatus',
  superclass: notifyStatus,
  properties: { Description: 'string', Operation: 'string', ParameterInfo: 'string', ProviderName: 'string' },
});

export const baseClasses: readonly CimClass[] = [
  systemClass,
  defineClass({ name: '__PARAMETERS', qualifiers: { abstract: true } }),
  notifyStatus,
  extendedStatus,
];

import type { Principal } from '@wmisec/access';
import {
  type CimClass,
  type CimInstance,
  defineClass,
  instanceOf,
  qualifier,
  type WbemServices,
} from '@wmisec/wbem';
import { alarm } from '../events/testing.ts';
import { createService, type EmbeddedService, type ServiceOptions } from '../service/create-service.ts';
import { eventConsumerClass } from '../system-classes/event-classes.ts';
import { namespaceClass } from '../system-classes/namespace-classes.ts';
import { ADMINISTRATORS, AUTHENTICATED_USERS, open, person } from '../testing.ts';
import type { EventConsumer } from './delivery/event-consumer.ts';

type Bag = Readonly<Record<string, unknown>>;

export interface InstallOptions {
  readonly filter?: Bag;
  readonly consumer?: Bag;
  readonly binding?: Bag;
  /** Default `Acme_Pager`, a custom class. */
  readonly consumerClass?: string;
  readonly namespace?: string;
  readonly as?: Principal;
}

/** Two administrators, and two who may write subscriptions all the same, see `letWrite`. */
export const adm = person('adm', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] });
export const root = person('root', { groups: [AUTHENTICATED_USERS, ADMINISTRATORS] });
export const ann = person('ann');
export const ben = person('ben');

export const pager = defineClass({
  name: 'Acme_Pager',
  superclass: eventConsumerClass,
  properties: { Name: { type: 'string', key: true } },
});

/** A service with the event class `Acme_Alarm`, and consumers of `Acme_Pager` that do what is given. */
export async function pagingService(
  page: EventConsumer,
  options: ServiceOptions = {},
): Promise<EmbeddedService> {
  const service = await createService({
    providers: [{ name: 'Alarms', classes: [alarm] }],
    principals: [adm, root, ann, ben],
    ...options,
    consumers: { custom: { Acme_Pager: page }, ...options.consumers },
  });
  const services = await open(service, 'root\\subscription');
  await services.putClass(pager).catch(() => {});
  return service;
}

/** Lets everybody write subscriptions, which no real descriptor does. */
export async function letWrite(service: EmbeddedService): Promise<void> {
  await secure(service, 'subscription', 'O:BAG:BAD:(A;;0x1f;;;AU)(A;;0x6003f;;;BA)');
}

/** Gives a namespace below root other entries. */
export async function secure(service: EmbeddedService, Name: string, sddl: string): Promise<void> {
  const services = await open(service, 'root');
  const order = qualifier('NamespaceSecuritySDDL', sddl);
  await services.putInstance({ ...instanceOf(namespaceClass, { Name }), qualifiers: [order] });
}

/** An instance of a class of the namespace. */
export async function made(services: WbemServices, className: string, properties: Bag): Promise<CimInstance> {
  return instanceOf((await services.getObject(className)) as CimClass, properties);
}

/** Installs a subscription to `Acme_Alarm` in `root\cimv2`, named `f`, with a consumer named `c`. */
export async function install(service: EmbeddedService, options: InstallOptions = {}): Promise<WbemServices> {
  const { consumerClass = 'Acme_Pager', namespace = 'root\\subscription', as } = options;
  const services = await open(service, namespace, as);
  await services.putInstances!([
    await made(services, '__EventFilter', { ...ALARMS, ...options.filter }),
    await made(services, consumerClass, { Name: 'c', ...options.consumer }),
    await made(services, '__FilterToConsumerBinding', {
      Filter: `__EventFilter.Name="${options.filter?.['Name'] ?? 'f'}"`,
      Consumer: `${consumerClass}.Name="${options.consumer?.['Name'] ?? 'c'}"`,
      ...options.binding,
    }),
  ]);
  return services;
}

export const ALARMS = {
  Name: 'f',
  Query: 'SELECT * FROM Acme_Alarm',
  QueryLanguage: 'WQL',
  EventNamespace: 'root\\cimv2',
} as const;

/** Lets what was begun come to its end, as far as nothing has to be waited for. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

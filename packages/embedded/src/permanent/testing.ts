import type { Principal } from '@wmisec/access';
import { type CimClass, type CimInstance, instanceOf, type WbemServices } from '@wmisec/wbem';
import type { EmbeddedService } from '../service/create-service.ts';
import { open } from '../testing.ts';

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

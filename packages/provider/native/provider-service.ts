import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Com,
  defineLibrary,
  defineStruct,
  NULL,
  native as nativeTransport,
  openNative,
  type Ptr,
  readObject,
  readStruct,
} from '@wmisec/com-core';
import { ApartmentThread } from '@wmisec/privileges';
import {
  AuthnLevel,
  type CimClass,
  type CimObject,
  instanceOf,
  type OpenRequest,
  type PropertyBag,
  type Provider,
  type WbemServices,
} from '@wmisec/wbem';
import { inject } from 'vitest';
import { type DecoupledHost, type DecoupledOptions, hostDecoupled } from '../src/index.ts';

const folder = process.env['WMISEC_FIXTURES'] ?? '';

/** False where no C++ compiler made the fixture. */
export const hasFixture = folder !== '';

const path = join(folder, 'provider-service.dll');

const library = defineLibrary(path, {
  serviceTakeClients: ['DWORD'],
  serviceLeave: ['void', 'DWORD cookie'],
  serviceOpen: ['void'],
  serviceClose: ['void'],
  serviceLiveObjects: ['LONG'],
  serviceLiveContexts: ['LONG'],
  serviceForgottenReverts: ['LONG'],
  serviceThreads: ['int'],
  serviceCall: [
    'LONG',
    'LPCWSTR registration',
    'LPCWSTR method',
    'LPCWSTR first',
    'LPCWSTR second',
    'IWbemClassObject *object',
    'LONG flags',
    'LPCWSTR caller',
    'DWORD tokenLevel',
    'DWORD authnLevel',
    'LONG most',
  ],
  serviceCancel: ['void', 'LPCWSTR registration', 'LONG number'],
  serviceCallState: ['void', 'LONG number', 'void *out'],
  serviceCallObject: ['IWbemClassObject *', 'LONG number', 'LONG position'],
  serviceCallError: ['IWbemClassObject *', 'LONG number'],
  serviceCallText: ['BSTR', 'LONG number'],
  serviceForget: ['void', 'LONG number'],
  serviceLetFetchSinks: ['void', 'WINBOOL fetched'],
  serviceSubscribe: ['DWORD', 'LPCWSTR registration', 'LPCWSTR caller', 'LPCWSTR query', 'LPCWSTR creator'],
  serviceUnsubscribe: ['void', 'LPCWSTR registration', 'DWORD id'],
  serviceAnswer: ['HRESULT', 'DWORD id'],
  serviceDelivered: ['BSTR', 'DWORD id'],
  serviceTakeSinkLog: ['BSTR'],
  serviceSinkEnds: ['LONG'],
  serviceEmptyAudience: ['void'],
});

const STATE = defineStruct('CallState', 28, {
  begun: ['u32', 0],
  status: ['u32', 4],
  ends: ['i32', 8],
  late: ['i32', 12],
  indicates: ['i32', 16],
  objects: ['i32', 20],
  holders: ['i32', 24],
});

const WBEM_S_PENDING = 0x4000c;

export type AsyncMethod =
  | 'GetObjectAsync'
  | 'CreateInstanceEnumAsync'
  | 'ExecQueryAsync'
  | 'PutInstanceAsync'
  | 'DeleteInstanceAsync'
  | 'ExecMethodAsync';

export interface CallOrder {
  readonly method: AsyncMethod;
  readonly first: string;
  readonly second?: string;
  /** Borrowed. */
  readonly object?: Ptr<'IWbemClassObject'>;
  readonly flags?: number;
  /** Default `administrator`. */
  readonly caller?: 'administrator' | 'reader' | 'guest';
  /** A security impersonation level; default impersonation. */
  readonly tokenLevel?: number;
  readonly authnLevel?: number;
  /** How many objects whoever asks wants; default all. */
  readonly most?: number;
}

export interface CallResult {
  /** What the method itself returned. */
  readonly begun: number;
  readonly status: number;
  readonly rows: readonly PropertyBag[];
  readonly objects: readonly CimObject[];
  /** Of the `__ExtendedStatus`. */
  readonly error: PropertyBag | null;
  readonly text: string;
  /** How often the sink was told the end, and given objects after it. */
  readonly ends: number;
  readonly late: number;
  /** References to the sink that the provider has kept. */
  readonly holders: number;
}

/** A fixture that plays WMI, with an apartment in which providers find it. */
export class ProviderService implements AsyncDisposable {
  readonly apartment: ApartmentThread;
  /** A connection to its namespace. */
  readonly services: WbemServices;
  readonly #native = openNative();
  readonly #functions = this.#native.library(library);
  readonly #com: Com;
  readonly #cookie: number;

  private constructor(apartment: ApartmentThread, services: WbemServices, com: Com, cookie: number) {
    this.apartment = apartment;
    this.services = services;
    this.#com = com;
    this.#cookie = cookie;
  }

  static async open(options: Parameters<typeof ApartmentThread.open>[0] = {}): Promise<ProviderService> {
    const native = openNative();
    const functions = native.library(library);
    functions.serviceOpen();
    const com = new Com(native);
    com.use();
    const cookie = functions.serviceTakeClients();
    const services = await nativeTransport().open(openRequest('root\\fixture'));
    return new ProviderService(await openApartment(options), services, com, cookie);
  }

  get liveObjects(): number {
    return this.#functions.serviceLiveObjects();
  }

  get liveContexts(): number {
    return this.#functions.serviceLiveContexts();
  }

  /** Writes a provider's classes, and its registration with who may register. Default: administrators. */
  async install(provider: Provider, registrants = 'O:BAG:BAD:(A;;0x1;;;BA)'): Promise<void> {
    for (const cls of provider.classes) await this.services.putClass(cls);
    await this.register(provider.name, registrants);
  }

  /** @param registrants SDDL; null for the accounts of services. */
  async register(name: string, registrants: string | null): Promise<void> {
    const cls = (await this.services.getObject('__Win32Provider')) as CimClass;
    await this.services.putInstance(instanceOf(cls, { Name: name, SecurityDescriptor: registrants }));
  }

  /** Hosts a built sample. */
  host(name: string, options: DecoupledOptions = {}): Promise<DecoupledHost> {
    return hostDecoupled(programUrl(name), {
      apartment: this.apartment,
      program: programUrl('provider-program'),
      ...options,
    });
  }

  /** Begins a call. @returns its number. */
  begin(registration: string, order: CallOrder): number {
    const { first, second = '', object = NULL as Ptr<'IWbemClassObject'>, flags = 0, most = -1 } = order;
    const { caller = 'administrator', tokenLevel = 2, authnLevel = AuthnLevel.PktPrivacy } = order;
    const number = this.#functions.serviceCall(
      registration,
      order.method,
      first,
      second,
      object,
      flags,
      caller,
      tokenLevel,
      authnLevel,
      most,
    );
    if (number === 0) throw new Error(`nobody has registered as ${registration}`);
    return number;
  }

  cancel(registration: string, number: number): void {
    this.#functions.serviceCancel(registration, number);
  }

  state(number: number) {
    using out = this.#native.memory.alloc(STATE.size);
    this.#functions.serviceCallState(number, out.ptr);
    return readStruct(STATE, out.view);
  }

  /** Waits for the end of a call, and takes what it gave. */
  async finish(number: number): Promise<CallResult> {
    for (;;) {
      const { begun, ends } = this.state(number);
      if (begun !== WBEM_S_PENDING && (ends > 0 || begun >= 0x80000000)) break;
      await sleep(2);
    }
    while (this.#functions.serviceThreads() > 0) await sleep(2);
    await sleep(5);
    const { begun, status, ends, late, holders, objects: count } = this.state(number);
    const objects = Array.from({ length: count }, (_, i) =>
      readObject(this.#com, this.#functions.serviceCallObject(number, i) as Ptr<'IWbemClassObject'>),
    );
    const error = this.#functions.serviceCallError(number) as Ptr<'IWbemClassObject'>;
    const result = {
      begun,
      status: begun >= 0x80000000 ? begun : status,
      rows: objects.map((object) => (object as { properties: PropertyBag }).properties),
      objects,
      error: error === NULL ? null : (readObject(this.#com, error) as { properties: PropertyBag }).properties,
      text: this.#take(this.#functions.serviceCallText(number)),
      ends,
      late,
      holders,
    };
    this.#functions.serviceForget(number);
    return result;
  }

  call(registration: string, order: CallOrder): Promise<CallResult> {
    return this.finish(this.begin(registration, order));
  }

  /** A connection of somebody to what a provider serves. */
  connect(registration: string, caller: string): Promise<WbemServices> {
    return nativeTransport({ semisynchronous: false }).open(
      openRequest(`clients\\${caller}\\${registration}`),
    );
  }

  /** Somebody subscribes; a permanent subscription has a creator. */
  async subscribe(registration: string, caller: string, query: string, creator = '') {
    const id = this.#functions.serviceSubscribe(registration, caller, query, creator);
    await this.#quiet();
    return {
      answer: this.#functions.serviceAnswer(id),
      delivered: () => this.#lines(this.#functions.serviceDelivered(id)),
      cancel: async () => {
        this.#functions.serviceUnsubscribe(registration, id);
        await this.#quiet();
      },
    };
  }

  /** What sinks were told since the last time. */
  takeSinkLog(): string[] {
    return this.#lines(this.#functions.serviceTakeSinkLog());
  }

  /** How often a provider ended a sink of events. */
  get sinkEnds(): number {
    return this.#functions.serviceSinkEnds();
  }

  /** From now on nobody listens. */
  emptyAudience(): void {
    this.#functions.serviceEmptyAudience();
  }

  letFetchSinks(fetched: boolean): void {
    this.#functions.serviceLetFetchSinks(fetched ? 1 : 0);
  }

  async #quiet(): Promise<void> {
    while (this.#functions.serviceThreads() > 0) await sleep(2);
  }

  #lines(text: Ptr): string[] {
    return this.#take(text).split('\n').filter(Boolean);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.apartment.close();
    await this.services[Symbol.asyncDispose]();
    this.#functions.serviceLeave(this.#cookie);
    this.#functions.serviceClose();
    await this.#com.leave();
  }

  #take(given: Ptr): string {
    const text = given as Ptr<'BSTR'>;
    const read = this.#native.memory.readText(text);
    this.#native.oleaut32.SysFreeString(text);
    return read;
  }
}

/** A request for a namespace of the fixture. */
function openRequest(namespace: string): OpenRequest {
  return {
    server: null,
    namespace,
    identity: null,
    authority: null,
    locale: null,
    useMaxWait: false,
  };
}

/** The URL of a built program. */
function programUrl(name: string): URL {
  return new URL(`${name}.js`, inject('programs'));
}

/** An apartment on whose thread the fixture is the registrar. */
export async function openApartment(
  options: Parameters<typeof ApartmentThread.open>[0] = {},
): Promise<ApartmentThread> {
  const apartment = await ApartmentThread.open({ program: programUrl('apartment-program'), ...options });
  await apartment.run(programUrl('service-module'), 'takeProviders', [path]);
  return apartment;
}

import { encodeSecurityDescriptor, encodeSid, parseSddl, type Sid, WellKnownSid } from '@wmisec/access';
import {
  type CimClass,
  type CimInstance,
  type CimObject,
  defineClass,
  type EnumBatch,
  type EnumWbemClassObject,
  foldName,
  instanceKeys,
  instanceOf,
  isInstanceOf,
  relativePath,
  WbemError,
  type WbemServices,
  WbemStatus,
} from '@wmisec/wbem';

const LOCAL_SYSTEM = Array.from(encodeSid(WellKnownSid.LocalSystem));
const NAME = { type: 'string', key: true } as const;
const CREATOR = { type: 'uint8[]', value: LOCAL_SYSTEM } as const;

const filter = defineClass({
  name: '__EventFilter',
  properties: {
    ...{ CreatorSID: CREATOR, EventAccess: 'string', EventNamespace: 'string', Name: NAME },
    ...{ Query: { type: 'string', notNull: true }, QueryLanguage: { type: 'string', notNull: true } },
  },
});
const consumer = defineClass({
  name: '__EventConsumer',
  qualifiers: { abstract: true },
  properties: { CreatorSID: CREATOR, MachineName: 'string', MaximumQueueSize: 'uint32' },
});
const binding = defineClass({
  name: '__FilterToConsumerBinding',
  properties: {
    ...{ Consumer: { type: 'ref:__EventConsumer', key: true }, CreatorSID: CREATOR },
    ...{ DeliverSynchronously: { type: 'boolean', value: false }, DeliveryQoS: 'uint32' },
    Filter: { type: 'ref:__EventFilter', key: true },
    MaintainSecurityContext: { type: 'boolean', value: false },
    SlowDownProviders: { type: 'boolean', value: false },
  },
});

function consumerClass(name: string, properties: Parameters<typeof defineClass>[0]['properties']): CimClass {
  return defineClass({ name, superclass: consumer, properties: { Name: NAME, ...properties } });
}

const commandLine = consumerClass('CommandLineEventConsumer', {
  ...{ CommandLineTemplate: 'string', ExecutablePath: 'string', WorkingDirectory: 'string' },
  ...{ KillTimeout: 'uint32', Priority: 'sint32', RunInteractively: 'boolean' },
});

/** The classes of subscriptions, as Microsoft documents them. */
const CLASSES: readonly CimClass[] = [
  filter,
  consumer,
  binding,
  consumerClass('LogFileEventConsumer', {
    ...{ Filename: 'string', Text: 'string', IsUnicode: 'boolean' },
    MaximumFileSize: { type: 'uint64', value: 65535n },
  }),
  consumerClass('NTEventLogEventConsumer', {
    ...{ Category: 'uint16', EventID: 'uint32', EventType: { type: 'uint32', value: 1 } },
    ...{ InsertionStringTemplates: 'string[]', NameOfRawDataProperty: 'string' },
    ...{ NameOfUserSidProperty: 'string', NumberOfInsertionStrings: 'uint32', SourceName: 'string' },
    UNCServerName: 'string',
  }),
  commandLine,
  defineClass({ name: 'Acme_Command', superclass: commandLine }),
  consumerClass('ActiveScriptEventConsumer', {
    ...{ KillTimeout: 'uint32', ScriptingEngine: 'string', ScriptFileName: 'string', ScriptText: 'string' },
  }),
  consumerClass('SMTPEventConsumer', {
    ...{ SMTPServer: 'string', ToLine: 'string', CcLine: 'string', BccLine: 'string', FromLine: 'string' },
    ...{ ReplyToLine: 'string', Subject: 'string', Message: 'string', HeaderFields: 'string[]' },
  }),
  consumerClass('Acme_Pager', { Number: 'string' }),
  defineClass({ name: '__Namespace', properties: { Name: NAME } }),
  defineClass({
    name: '__EventConsumerProviderRegistration',
    properties: { Provider: NAME, ConsumerClassNames: 'string[]' },
  }),
  defineClass({ name: '__TimerInstruction', properties: { TimerId: NAME, IntervalBetweenEvents: 'uint32' } }),
];

export interface FakeOptions {
  /** Default `root\subscription`. */
  readonly namespace?: string;
  /** Whether instances can be written together. Default false. */
  readonly together?: boolean;
}

/** A namespace that keeps instances and sets their creator, as WMI does. */
export class FakeNamespace {
  readonly namespace: string;
  /** Those below, by name. */
  readonly children = new Map<string, FakeNamespace>();
  /** The descriptor of the namespace. */
  sddl = 'O:BAG:BAD:(A;CIID;CCDCLCSWRPWPRCWD;;;BA)(A;CIID;CCDCRP;;;AU)';
  readonly instances = new Map<string, CimInstance>();
  /** Names of the calls that write, with their paths. */
  readonly log: string[] = [];
  /** Who writes, as the service sees it. */
  creator: Sid = WellKnownSid.Administrators;
  /** Called before each write; what it throws is the failure of the call. */
  beforeWrite: (call: string) => void = () => {};
  /** Called before a class or the descriptor is read. */
  beforeRead: (what: string) => void = () => {};

  readonly services: WbemServices;

  constructor({ namespace = 'root\\subscription', together = false }: FakeOptions = {}) {
    this.namespace = namespace;
    const own = {
      namespace,
      openNamespace: async (path: string) => this.#open(path),
      execMethod: async () => {
        this.beforeRead('GetSD');
        const SD = Array.from(encodeSecurityDescriptor(parseSddl(this.sddl)));
        return { returnValue: 0, outParams: { SD } };
      },
      [Symbol.asyncDispose]: async () => {},
      getObject: async (path: string): Promise<CimObject> => classAt(path),
      putInstance: async (object: CimInstance) => this.#put('putInstance', [object]),
      deleteInstance: async (path: string) => this.#delete('deleteInstance', [path]),
      createInstanceEnum: async (className: string) => {
        this.beforeRead(className);
        return rowsOf([...this.instances.values()].filter((each) => isInstanceOf(each, className)));
      },
    };
    const joint = {
      putInstances: async (objects: readonly CimInstance[]) => this.#put('putInstances', objects),
      deleteInstances: async (paths: readonly string[]) => this.#delete('deleteInstances', paths),
    };
    this.services = { ...own, ...(together && joint) } as unknown as WbemServices;
  }

  /** The paths of what there is. */
  get paths(): string[] {
    return [...this.instances.values()].map(({ path }) => path!).sort();
  }

  /** Puts an instance as somebody else did before. */
  plant(className: string, properties: Readonly<Record<string, unknown>>): void {
    this.#store(instanceOf(classAt(className), properties));
  }

  /** Adds a namespace below. */
  addChild(name: string): FakeNamespace {
    const child = new FakeNamespace({ namespace: `${this.namespace}\\${name}` });
    this.children.set(name, child);
    this.plant('__Namespace', { Name: name });
    return child;
  }

  #open(path: string): WbemServices {
    const [name = '', ...rest] = path.split('\\');
    const child = this.children.get(name);
    if (child === undefined) throw new WbemError(WbemStatus.WBEM_E_INVALID_NAMESPACE);
    child.beforeRead('namespace');
    return rest.length === 0 ? child.services : child.#open(rest.join('\\'));
  }

  #put(call: string, objects: readonly CimInstance[]): string {
    const stored = objects.map((object) => instanceOf(classAt(object.shape.className), object.properties));
    this.#write(`${call} ${stored.map(pathOf).join(' + ')}`);
    for (const object of stored) this.#store(object);
    return pathOf(stored[0]!);
  }

  #delete(call: string, paths: readonly string[]): void {
    this.#write(`${call} ${paths.join(' + ')}`);
    const missing = paths.find((path) => !this.instances.has(foldName(path)));
    if (missing !== undefined) throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND);
    for (const path of paths) this.instances.delete(foldName(path));
  }

  #write(call: string): void {
    this.beforeWrite(call);
    this.log.push(call);
  }

  #store(object: CimInstance): void {
    const path = pathOf(object);
    const creator = { CreatorSID: Array.from(encodeSid(this.creator)) };
    const properties = { ...object.properties, ...('CreatorSID' in object.properties && creator) };
    this.instances.set(foldName(path), { ...object, properties, path });
  }
}

function classAt(path: string): CimClass {
  const found = CLASSES.find(({ className }) => foldName(className) === foldName(path));
  if (found !== undefined) return found;
  throw new WbemError(WbemStatus.WBEM_E_NOT_FOUND, `there is no class ${path}`);
}

function pathOf(object: CimInstance): string {
  const { className } = object.shape;
  const keys = Object.entries(instanceKeys(object)).map(([name, value]) => ({ name, value }));
  return relativePath(className, keys);
}

/** The rows of an enumeration. */
function rowsOf(objects: readonly CimInstance[]): EnumWbemClassObject {
  let rest = [...objects];
  return {
    status: WbemStatus.WBEM_S_NO_ERROR,
    next: async (count: number): Promise<EnumBatch<CimInstance>> => {
      const batch = rest.slice(0, count);
      rest = rest.slice(count);
      return { objects: batch, done: rest.length === 0, status: WbemStatus.WBEM_S_NO_ERROR };
    },
    [Symbol.asyncDispose]: async () => {},
  } as unknown as EnumWbemClassObject;
}

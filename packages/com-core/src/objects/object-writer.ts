import {
  CIM_FLAG_ARRAY,
  type CimClass,
  type CimInstance,
  type CimMethod,
  type CimObject,
  type CimParameter,
  type CimProperty,
  type CimQualifier,
  CimType,
  type CimValue,
  isCimObject,
  type PropertyBag,
  qualifier,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Bstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { IWbemClassObject, IWbemQualifierSet } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import type { Holder } from '../services/scope.ts';
import { Variant } from '../values/variant.ts';
import { ObjectView } from './object-view.ts';
import { flavorBits } from './read-qualifiers.ts';

type ClassObject = ComPointer<typeof IWbemClassObject>;

/** Gives the native form of a class, or of none for a new root class. The scope holds it. */
export type FetchClass = (className: string | null) => Promise<ClassObject>;

/** Native objects made from plain data: spawned from classes of the service, then filled in. */
export class ObjectWriter {
  readonly #com: Com;
  readonly #scope: Holder;
  readonly #fetchClass: FetchClass;
  readonly #embedded = new Map<CimObject, ClassObject>();
  readonly #names = new Map<string, Bstr>();
  #variant: Variant | undefined;

  /** @param scope holds everything that is made. */
  constructor(com: Com, scope: Holder, fetchClass: FetchClass) {
    this.#com = com;
    this.#scope = scope;
    this.#fetchClass = fetchClass;
  }

  /** @throws WbemError what the class, a property or a value is refused with. */
  async instance({ shape, properties, qualifiers = [] }: CimInstance): Promise<ClassObject> {
    const made = this.#spawn(await this.#fetchClass(shape.className));
    for (const { name, type, isArray } of shape.properties) {
      if (!Object.hasOwn(properties, name)) continue;
      await this.#prepare(properties[name]!);
      this.#put(made, name, type, isArray, properties[name]!);
    }
    this.#putQualifiers(made, 'GetQualifierSet', [], qualifiers);
    return made;
  }

  /** The parameters of a call: an instance of the method's signature. */
  async parameters(signature: ClassObject, given: PropertyBag): Promise<ClassObject> {
    const made = this.#spawn(signature);
    using view = new ObjectView(this.#com, signature.ptr, 1, () => notRead());
    const declared = [...view.properties()];
    for (const [name, value] of Object.entries(given)) {
      const parameter = declared.find((p) => sameName(p.name, name));
      if (parameter === undefined)
        throw new WbemError(
          WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS,
          `expected one of the parameters ${declared.map((p) => p.name).join(', ')}, got ${name}`,
        );
      await this.#prepare(value);
      this.#put(made, parameter.name, parameter.type, parameter.isArray, value);
    }
    return made;
  }

  /** @throws WbemError what the superclass or a member is refused with. */
  async class(cls: CimClass): Promise<ClassObject> {
    const parent = await this.#fetchClass(cls.superclass);
    const made = cls.superclass === null ? parent : this.#derive(parent);
    this.#put(made, '__CLASS', CimType.String, false, cls.className);
    this.#putQualifiers(made, 'GetQualifierSet', [], cls.qualifiers);
    for (const property of cls.properties) await this.#putProperty(made, cls, property);
    const own = cls.methods.filter((m) => sameName(m.origin, cls.className));
    for (const method of own) await this.#putMethod(made, method);
    return made;
  }

  async #putProperty(made: ClassObject, { className }: CimClass, property: CimProperty): Promise<void> {
    const isOwn = sameName(property.origin, className);
    if (!isOwn && property.value === null) return;
    await this.#prepare(property.value);
    this.#put(made, property.name, property.type, property.isArray, property.value);
    if (isOwn) this.#putPropertyQualifiers(made, property);
  }

  async #putMethod(made: ClassObject, method: CimMethod): Promise<void> {
    const returned = method.returnType === null ? [] : [returnParameter(method.returnType)];
    const input = await this.#signature(method.inParams);
    const output = await this.#signature([...method.outParams, ...returned]);
    using name = this.#com.bstr(method.name);
    this.#check(made.call('PutMethod', name.ptr, 0, input?.ptr ?? NULL, output?.ptr ?? NULL), 'PutMethod');
    this.#putQualifiers(made, 'GetMethodQualifierSet', [name.ptr], method.qualifiers);
  }

  async #signature(parameters: readonly CimParameter[]): Promise<ClassObject | null> {
    if (parameters.length === 0) return null;
    const made = this.#clone(await this.#fetchClass('__PARAMETERS'));
    for (const parameter of parameters) {
      this.#put(made, parameter.name, parameter.type, parameter.isArray, parameter.value);
      this.#putPropertyQualifiers(made, { ...parameter, qualifiers: withId(parameter) });
    }
    return made;
  }

  #putPropertyQualifiers(
    made: ClassObject,
    { name, qualifiers }: { readonly name: string; readonly qualifiers: readonly CimQualifier[] },
  ): void {
    using text = this.#com.bstr(name);
    this.#putQualifiers(made, 'GetPropertyQualifierSet', [text.ptr], qualifiers);
  }

  /** Puts the qualifiers that are not there already, inherited for instance. */
  #putQualifiers<K extends 'GetQualifierSet' | 'GetPropertyQualifierSet' | 'GetMethodQualifierSet'>(
    made: ClassObject,
    get: K,
    of: readonly Ptr[],
    qualifiers: readonly CimQualifier[],
  ): void {
    if (qualifiers.length === 0) return;
    using out = this.#com.native.memory.alloc(8);
    this.#check(made.call(get, ...([...of, out.ptr] as never)), get);
    using set = this.#com.own(IWbemQualifierSet, out.pointer<'IWbemQualifierSet'>());
    for (const { name, type, isArray, value, flavor } of qualifiers) {
      using text = this.#com.bstr(name);
      if (set!.call('Get', text.ptr, 0, NULL, NULL) === 0) continue;
      using variant = new Variant(this.#com.native, () => NULL);
      variant.set(type, isArray, value);
      this.#check(set!.call('Put', text.ptr, variant.ptr, flavorBits(flavor)), 'IWbemQualifierSet.Put');
    }
  }

  #put(made: ClassObject, name: string, type: CimType, isArray: boolean, value: CimValue): void {
    const native = this.#com.native;
    this.#variant ??= this.#scope.hold(new Variant(native, (object) => this.#embed(object)));
    this.#variant.set(type, isArray, value);
    const cimType = type | (isArray ? CIM_FLAG_ARRAY : 0);
    const hresult = made.call('Put', this.#name(name).ptr, 0, this.#variant.ptr, cimType);
    this.#variant.clear();
    this.#check(hresult, `put ${name}`);
  }

  /** Names return with every object, so each is made once. */
  #name(name: string): Bstr {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const made = this.#scope.hold(this.#com.bstr(name));
    this.#names.set(name, made);
    return made;
  }

  /** Makes the objects inside a value, which takes calls to the service. */
  async #prepare(value: CimValue): Promise<void> {
    for (const object of Array.isArray(value) ? value : [value]) {
      if (!isCimObject(object) || this.#embedded.has(object)) continue;
      const isClass = object.kind === 'class';
      this.#embedded.set(
        object,
        await (isClass ? this.#fetchClass(object.className) : this.instance(object)),
      );
    }
  }

  #embed(object: CimObject): Ptr<'IWbemClassObject'> {
    const made = this.#embedded.get(object)!;
    made.call('AddRef');
    return made.ptr;
  }

  #spawn(cls: ClassObject): ClassObject {
    return this.#make(cls, 'SpawnInstance', 0);
  }

  #derive(cls: ClassObject): ClassObject {
    return this.#make(cls, 'SpawnDerivedClass', 0);
  }

  #clone(cls: ClassObject): ClassObject {
    return this.#make(cls, 'Clone');
  }

  #make(
    from: ClassObject,
    how: 'SpawnInstance' | 'SpawnDerivedClass' | 'Clone',
    ...flags: number[]
  ): ClassObject {
    using out = this.#com.native.memory.alloc(8);
    this.#check(from.call(how, ...([...flags, out.ptr] as never)), how);
    return this.#scope.hold(this.#com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>())!);
  }

  #check(hresult: number, operation: string): void {
    this.#com.checkHere(hresult, operation);
  }
}

function returnParameter(type: CimType): CimParameter {
  return { name: 'ReturnValue', type, isArray: false, id: -1, value: null, qualifiers: [] };
}

function withId({ id, qualifiers }: CimParameter): readonly CimQualifier[] {
  if (id < 0 || qualifiers.some((q) => sameName(q.name, 'ID'))) return qualifiers;
  return [qualifier('ID', id), ...qualifiers];
}

function notRead(): never {
  throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, 'a signature holds no objects');
}

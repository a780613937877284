import {
  CIM_FLAG_ARRAY,
  type CimInstance,
  type CimObject,
  type CimType,
  type CimValue,
  isCimObject,
  type PropertyBag,
  type PropertyShape,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Bstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { IWbemClassObject } from '../raw/interfaces/client.ts';
import type { Ptr } from '../raw/pointer.ts';
import type { Holder } from '../services/scope.ts';
import { Variant } from '../values/variant.ts';

type ClassObject = ComPointer<typeof IWbemClassObject>;

/** Instances made on this thread and at once, many of a shape: names and the VARIANT are made for all of them. */
export class InstanceMaker {
  readonly #com: Com;
  readonly #scope: Holder;
  readonly #classOf: (className: string) => ClassObject;
  readonly #names = new Map<string, Bstr>();
  readonly #embedded = new Map<CimObject, ClassObject>();
  readonly #variant: Variant;

  /**
   * @param scope holds everything that is made.
   * @param classOf gives the native form of a class.
   */
  constructor(com: Com, scope: Holder, classOf: (className: string) => ClassObject) {
    this.#com = com;
    this.#scope = scope;
    this.#classOf = classOf;
    this.#variant = scope.hold(new Variant(com.native, (object) => this.#embed(object)));
  }

  /** @throws WbemError what the class, a property or a value is refused with. */
  instance({ shape, properties }: CimInstance): ClassObject {
    const made = this.#spawn(this.#classOf(shape.className));
    for (const { name, type, isArray } of shape.properties)
      if (Object.hasOwn(properties, name)) this.#put(made, name, type, isArray, properties[name]!);
    return made;
  }

  /**
   * The parameters of a method, as an instance of its signature.
   * @param declared those of the signature.
   * @throws WbemError `WBEM_E_INVALID_METHOD_PARAMETERS` for a name that is not declared; what a value is refused with.
   */
  parameters(signature: ClassObject, declared: readonly PropertyShape[], given: PropertyBag): ClassObject {
    const made = this.#spawn(signature);
    for (const [name, value] of Object.entries(given)) {
      const parameter = declared.find((each) => sameName(each.name, name));
      if (parameter === undefined)
        throw new WbemError(
          WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS,
          `expected one of the parameters ${declared.map((p) => p.name).join(', ')}, got ${name}`,
        );
      this.#put(made, parameter.name, parameter.type, parameter.isArray, value);
    }
    return made;
  }

  #put(made: ClassObject, name: string, type: CimType, isArray: boolean, value: CimValue): void {
    this.#prepare(value);
    this.#variant.set(type, isArray, value);
    const cimType = type | (isArray ? CIM_FLAG_ARRAY : 0);
    const hresult = made.call('Put', this.#name(name).ptr, 0, this.#variant.ptr, cimType);
    this.#variant.clear();
    this.#com.checkHere(hresult, `put ${name}`);
  }

  #name(name: string): Bstr {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const made = this.#scope.hold(this.#com.bstr(name));
    this.#names.set(name, made);
    return made;
  }

  /** Makes the objects inside a value before the VARIANT is in use. */
  #prepare(value: CimValue): void {
    if (typeof value !== 'object' || value === null) return;
    for (const object of Array.isArray(value) ? value : [value]) {
      if (!isCimObject(object) || this.#embedded.has(object)) continue;
      const made = object.kind === 'class' ? this.#classOf(object.className) : this.instance(object);
      this.#embedded.set(object, made);
    }
  }

  #embed(object: CimObject): Ptr<'IWbemClassObject'> {
    const made = this.#embedded.get(object)!;
    made.call('AddRef');
    return made.ptr;
  }

  #spawn(cls: ClassObject): ClassObject {
    using out = this.#com.native.memory.alloc(8);
    this.#com.checkHere(cls.call('SpawnInstance', 0, out.ptr), 'SpawnInstance');
    return this.#scope.hold(this.#com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>())!);
  }
}

import {
  type CimInstance,
  type PropertyBag,
  type PropertyShape,
  sameName,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import type { Com } from '../com/com.ts';
import type { ComPointer } from '../com/com-pointer.ts';
import { IWbemClassObject, IWbemServices } from '../raw/interfaces/client.ts';
import { NULL, type Ptr } from '../raw/pointer.ts';
import { LocalScope } from '../services/scope.ts';
import { InstanceMaker } from './instance-maker.ts';
import { ObjectArray } from './object-array.ts';
import { ObjectView } from './object-view.ts';

type ClassObject = ComPointer<typeof IWbemClassObject>;

/** Native objects of a namespace for whoever serves it, made on this thread from the classes of a service. */
export class NamespaceObjects implements Disposable {
  readonly #com: Com;
  readonly #services: Ptr<'IWbemServices'>;
  readonly #context: Ptr<'IWbemContext'>;
  readonly #scope = new LocalScope();
  readonly #classes = new Map<string, ClassObject>();

  /**
   * @param services borrowed, as is the context; both must live as long as this.
   * @param context that of the call being served, which dependent calls have to carry; NULL for none.
   * @see docs/rules.md 9.13
   */
  constructor(com: Com, services: Ptr<'IWbemServices'>, context: Ptr<'IWbemContext'> = NULL) {
    this.#com = com;
    this.#services = services;
    this.#context = context;
  }

  /** A class of the namespace, fetched once. @throws WbemError `WBEM_E_NOT_FOUND` and whatever the service answers. */
  classOf(className: string): ClassObject {
    const key = className.toLowerCase();
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    const fetched = this.#scope.hold(this.#fetch(className));
    this.#classes.set(key, fetched);
    return fetched;
  }

  /**
   * Instances as `IWbemObjectSink.Indicate` takes them.
   * @throws WbemError what the class, a property or a value is refused with.
   */
  instances(instances: readonly CimInstance[]): ObjectArray {
    return ObjectArray.of(this.#com, (scope) => {
      const maker = this.#maker(scope);
      return instances.map((instance) => maker.instance(instance));
    });
  }

  /**
   * The out parameters of a method, its return value among them as `ReturnValue`; empty for a method without any.
   * @throws WbemError `WBEM_E_INVALID_METHOD`, `WBEM_E_INVALID_METHOD_PARAMETERS` for a name that the method does not
   * give.
   */
  outParameters(className: string, method: string, values: PropertyBag): ObjectArray {
    return ObjectArray.of(this.#com, (scope) => {
      const signature = this.#outSignature(className, method, scope);
      if (signature !== null)
        return [this.#maker(scope).parameters(signature, this.#declared(signature), values)];
      requireNothing(`${className}.${method}`, values);
      return [];
    });
  }

  /** Releases the classes. */
  [Symbol.dispose](): void {
    this.#classes.clear();
    this.#scope[Symbol.dispose]();
  }

  #maker(scope: LocalScope): InstanceMaker {
    return new InstanceMaker(this.#com, scope, (className) => this.classOf(className));
  }

  #declared(signature: ClassObject): PropertyShape[] {
    using view = new ObjectView(this.#com, signature.ptr, 1, () => notRead());
    return [...view.properties()].map(({ name, type, isArray }) => ({ name, type, isArray, isKey: false }));
  }

  #fetch(className: string): ClassObject {
    const { memory } = this.#com.native;
    using path = this.#com.bstr(className);
    using out = memory.alloc(8);
    const services = this.#com.native.bind(IWbemServices, this.#services);
    const hresult = services.GetObject(path.ptr, 0, this.#context, out.ptr, NULL);
    this.#com.check({ hresult, errorInfo: this.#takeErrorInfo() }, `get ${className}`);
    const fetched = this.#com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>());
    if (fetched !== null) return fetched;
    throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, `the service has ${className} and gave nothing`);
  }

  /** What the last call on this thread left behind, which would otherwise stay with the thread. */
  #takeErrorInfo(): Ptr<'IErrorInfo'> {
    using out = this.#com.native.memory.alloc(8);
    this.#com.native.oleaut32.GetErrorInfo(0, out.ptr);
    return out.pointer<'IErrorInfo'>();
  }

  #outSignature(className: string, method: string, scope: LocalScope): ClassObject | null {
    using name = this.#com.bstr(method);
    using out = this.#com.native.memory.alloc(16);
    const found = this.classOf(className).call('GetMethod', name.ptr, 0, out.at(0), out.at(8));
    if (found === WbemStatus.WBEM_E_NOT_FOUND)
      throw new WbemError(WbemStatus.WBEM_E_INVALID_METHOD, `${className} has no method ${method}`);
    this.#com.checkHere(found, 'GetMethod');
    scope.hold(this.#com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>(0)));
    return scope.hold(this.#com.own(IWbemClassObject, out.pointer<'IWbemClassObject'>(8)));
  }
}

function requireNothing(method: string, values: PropertyBag): void {
  const given = Object.keys(values).filter((name) => !sameName(name, 'ReturnValue'));
  if (given.length === 0) return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_METHOD_PARAMETERS,
    `${method} gives no parameters, got ${given.join(', ')}`,
  );
}

function notRead(): never {
  throw new WbemError(WbemStatus.WBEM_E_UNEXPECTED, 'a signature holds no objects');
}

import {
  type CimClass,
  type CimMethod,
  type CimParameter,
  type CimProperty,
  getQualifier,
  hasQualifier,
} from '@wmisec/wbem';
import type { ComPointer } from '../com/com-pointer.ts';
import type { IWbemClassObject } from '../raw/interfaces/client.ts';
import { ObjectView } from './object-view.ts';

/** A class with everything that it declares and inherits. */
export function readClass(view: ObjectView): CimClass {
  const className = view.text('__CLASS') ?? '';
  return {
    kind: 'class',
    className,
    superclass: view.text('__SUPERCLASS'),
    derivation: view.texts('__DERIVATION'),
    qualifiers: view.qualifiers(),
    properties: readProperties(view, className),
    methods: readMethods(view, className),
  };
}

function readProperties(view: ObjectView, className: string): CimProperty[] {
  return [...view.properties()].map((property) => {
    const qualifiers = view.qualifiersOf('GetPropertyQualifierSet', property.name);
    const origin = view.origin('GetPropertyOrigin', property.name) ?? className;
    return { ...property, isKey: hasQualifier({ qualifiers }, 'key'), qualifiers, origin };
  });
}

function readMethods(view: ObjectView, className: string): CimMethod[] {
  return [...view.methods()].map(({ name, signatures }) => {
    const [inParams = [], outParams = []] = signatures.map((signature) => readSignature(view, signature));
    const returned = outParams.find((p) => p.name.toLowerCase() === 'returnvalue');
    return {
      name,
      inParams,
      outParams: outParams.filter((p) => p !== returned),
      returnType: returned?.type ?? null,
      qualifiers: view.qualifiersOf('GetMethodQualifierSet', name),
      origin: view.origin('GetMethodOrigin', name) ?? className,
    };
  });
}

/** The parameters in one of a method's signatures, which is released. */
function readSignature(view: ObjectView, owned: ComPointer<typeof IWbemClassObject> | null): CimParameter[] {
  using signature = owned;
  if (signature === null) return [];
  using parameters = new ObjectView(view.com, signature.ptr, 1, view.source.embedded);
  const read = [...parameters.properties()].map((property, position) => {
    const qualifiers = parameters.qualifiersOf('GetPropertyQualifierSet', property.name);
    const id = getQualifier({ qualifiers }, 'ID')?.value;
    return { ...property, id: typeof id === 'number' ? id : position, qualifiers };
  });
  return read.sort((a, b) => a.id - b.id);
}

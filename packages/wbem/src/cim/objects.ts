import type { CimType } from './cim-type.ts';
import type { CimValue, PropertyBag } from './values.ts';

/** How a qualifier travels: `WBEM_FLAVOR_TYPE` of wbemcli.h, as words. */
export interface QualifierFlavor {
  readonly toInstance: boolean;
  readonly toSubclass: boolean;
  readonly overridable: boolean;
  readonly amended: boolean;
}

export interface CimQualifier {
  readonly name: string;
  readonly type: CimType;
  readonly isArray: boolean;
  readonly value: CimValue;
  readonly flavor: QualifierFlavor;
}

/** What a property is, without its value. One list serves every instance of a shape. */
export interface PropertyShape {
  readonly name: string;
  readonly type: CimType;
  readonly isArray: boolean;
  readonly isKey: boolean;
}

export interface CimProperty extends PropertyShape {
  /** The default value. */
  readonly value: CimValue;
  readonly qualifiers: readonly CimQualifier[];
  /** The class that declares the property. */
  readonly origin: string;
}

export interface CimParameter {
  readonly name: string;
  readonly type: CimType;
  readonly isArray: boolean;
  /** The `ID` qualifier: the position among the parameters, from 0. */
  readonly id: number;
  readonly value: CimValue;
  readonly qualifiers: readonly CimQualifier[];
}

export interface CimMethod {
  readonly name: string;
  readonly inParams: readonly CimParameter[];
  readonly outParams: readonly CimParameter[];
  /** `null` for void. */
  readonly returnType: CimType | null;
  readonly qualifiers: readonly CimQualifier[];
  /** The class that declares the method. */
  readonly origin: string;
}

export interface CimClass {
  readonly kind: 'class';
  readonly className: string;
  readonly superclass: string | null;
  /** The classes above this one, nearest first. */
  readonly derivation: readonly string[];
  readonly qualifiers: readonly CimQualifier[];
  /** Inherited ones included. */
  readonly properties: readonly CimProperty[];
  readonly methods: readonly CimMethod[];
}

/** The part of a class that its instances share. */
export interface InstanceShape {
  readonly className: string;
  readonly derivation: readonly string[];
  readonly properties: readonly PropertyShape[];
}

export interface CimInstance {
  readonly kind: 'instance';
  readonly shape: InstanceShape;
  readonly properties: PropertyBag;
  /** The relative path, such as `Win32_Process.Handle="4"`; null when the keys are not at hand. */
  readonly path: string | null;
  /** Of this instance alone, such as `RequiresEncryption` on `__SystemSecurity`; absent means none. */
  readonly qualifiers?: readonly CimQualifier[];
}

export type CimObject = CimClass | CimInstance;

import type { CimType } from '../cim/cim-type.ts';

/** A MOF text as it was written: nothing is looked up, opened or checked against a class. */
export interface MofDocument {
  readonly items: readonly MofItem[];
}

export type MofItem = MofPragma | MofQualifierDeclaration | MofClass | MofInstance;

/**
 * A preprocessor command: `#pragma namespace("root\\default")`. `#include ("x.mof")` is the pragma
 * `include`; the file is named here and never opened.
 */
export interface MofPragma {
  readonly kind: 'pragma';
  /** In lower case. */
  readonly name: MofPragmaName;
  readonly arguments: readonly string[];
}

export type MofPragmaName =
  | 'amendment'
  | 'autorecover'
  | 'classflags'
  | 'deleteclass'
  | 'deleteinstance'
  | 'include'
  | 'instanceflags'
  | 'instancelocale'
  | 'locale'
  | 'namespace';

/** The words of qualifier flavors. `Translatable` is DMTF's word for `Amended`. */
export type MofFlavor =
  | 'Amended'
  | 'DisableOverride'
  | 'EnableOverride'
  | 'NotToInstance'
  | 'NotToSubclass'
  | 'Restricted'
  | 'ToInstance'
  | 'ToSubclass'
  | 'Translatable';

/**
 * What holds for all later uses of a qualifier: `Qualifier Description : ToSubclass Amended;`, or in
 * DMTF's form `Qualifier Max : uint32 = null, Scope(property), Flavor(ToSubclass);`.
 */
export interface MofQualifierDeclaration {
  readonly kind: 'qualifier';
  readonly name: string;
  /** null in the short form, which has neither type, value nor scope. */
  readonly type: CimType | null;
  readonly isArray: boolean;
  readonly value: MofValue | null;
  /** In lower case. */
  readonly scope: readonly string[];
  readonly flavors: readonly MofFlavor[];
}

export interface MofQualifier {
  readonly name: string;
  /** null when none is written, which means true. */
  readonly value: MofValue | null;
  readonly flavors: readonly MofFlavor[];
}

/** `uint32`, `ClassX` (an embedded object), `ClassX ref`; `className` null for `object` and plain types. */
export interface MofType {
  readonly type: CimType;
  readonly className: string | null;
}

/** A declared property or parameter. */
export interface MofFeature {
  readonly qualifiers: readonly MofQualifier[];
  readonly type: MofType;
  readonly name: string;
  readonly isArray: boolean;
  /** The number in the brackets; null without one. */
  readonly arraySize: number | null;
  /** null when no default is written. */
  readonly value: MofValue | null;
}

export interface MofMethod {
  readonly qualifiers: readonly MofQualifier[];
  /** null for void. */
  readonly returnType: MofType | null;
  readonly name: string;
  readonly parameters: readonly MofFeature[];
}

export interface MofClass {
  readonly kind: 'class';
  readonly qualifiers: readonly MofQualifier[];
  readonly className: string;
  /** Without the dollar. */
  readonly alias: string | null;
  /** The superclass; texts made from whole classes go on with its own ancestors. */
  readonly ancestors: readonly string[];
  readonly properties: readonly MofFeature[];
  readonly methods: readonly MofMethod[];
}

export interface MofAssignment {
  readonly qualifiers: readonly MofQualifier[];
  readonly name: string;
  readonly value: MofValue;
}

export interface MofInstance {
  readonly kind: 'instance';
  readonly qualifiers: readonly MofQualifier[];
  readonly className: string;
  /** Without the dollar. */
  readonly alias: string | null;
  readonly properties: readonly MofAssignment[];
}

export type MofScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  /** One UTF-16 unit. */
  | { readonly kind: 'char'; readonly value: string }
  /** Without the dollar. */
  | { readonly kind: 'alias'; readonly name: string }
  | MofClass
  | MofInstance;

export type MofValue = MofScalar | { readonly kind: 'array'; readonly elements: readonly MofScalar[] };

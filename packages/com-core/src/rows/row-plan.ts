import {
  type CimInstance,
  CimType,
  type CimValue,
  type InstanceShape,
  type PropertyBag,
  type PropertyShape,
} from '@wmisec/wbem';
import { Bstr } from '../com/bstr.ts';
import { VarType } from '../raw/constants.ts';
import type { Ptr } from '../raw/pointer.ts';
import { readText, readVariant, type ValueSource } from '../values/read-variant.ts';

/** Reads the VARIANT at a place of a view. */
export type ReadValue = (view: DataView, at: number) => CimValue;

/** How the rows of one class are read: made from its first row, used for all others. */
export class RowPlan implements Disposable {
  readonly shape: InstanceShape;
  readonly names: readonly string[];
  /** The names as native text, `__RELPATH` at the end when the row has to be asked for its path. */
  readonly nameTexts: readonly Ptr<'BSTR'>[];
  readonly readers: readonly ReadValue[];
  /** Every property, null: each row begins as a copy, so that all share one hidden class. */
  readonly template: PropertyBag;
  /** The path of a row from its keys; null when the row itself has to be asked. */
  readonly pathOf: ((row: PropertyBag) => string | null) | null;
  readonly #texts: readonly Bstr[];
  readonly #source: ValueSource;

  constructor(source: ValueSource, first: CimInstance) {
    this.shape = first.shape;
    this.names = first.shape.properties.map((p) => p.name);
    this.pathOf = pathMaker(first);
    const asked = this.pathOf === null ? [...this.names, '__RELPATH'] : this.names;
    this.#texts = asked.map((name) => new Bstr(source.native, name));
    this.nameTexts = this.#texts.map((text) => text.ptr);
    this.readers = first.shape.properties.map((p) => readerOf(source, p));
    const nulls = Object.fromEntries(this.names.map((name) => [name, null]));
    this.template = JSON.parse(JSON.stringify(nulls)); // Parsed objects have room for their properties and no more.
    this.#source = source;
  }

  /** Whether the class name at a place of a view is that of this plan. */
  isFor(view: DataView, at: number): boolean {
    const { native } = this.#source;
    return (
      view.getUint16(at, true) === VarType.VT_BSTR && readText(native, view, at + 8) === this.shape.className
    );
  }

  /** The path that the row itself gave, for plans without `pathOf`. */
  readPath(view: DataView, at: number): string | null {
    const path = readVariant(this.#source, view, at, CimType.String, false);
    return typeof path === 'string' ? path : null;
  }

  [Symbol.dispose](): void {
    for (const text of this.#texts) text[Symbol.dispose]();
  }
}

function readerOf(source: ValueSource, { type, isArray }: PropertyShape): ReadValue {
  const general: ReadValue = (view, at) => readVariant(source, view, at, type, isArray);
  const { native } = source;
  if (isArray) return general;
  switch (type) {
    case CimType.String:
      return (view, at) =>
        view.getUint16(at, true) === VarType.VT_BSTR ? readText(native, view, at + 8) : general(view, at);
    case CimType.Uint32:
      return (view, at) =>
        view.getUint16(at, true) === VarType.VT_I4 ? view.getUint32(at + 8, true) : general(view, at);
    case CimType.Boolean:
      return (view, at) =>
        view.getUint16(at, true) === VarType.VT_BOOL ? view.getInt16(at + 8, true) !== 0 : general(view, at);
    default:
      return general;
  }
}

/** Rows tell their path by their keys, where the first row shows that this gives the path that WMI gives. */
function pathMaker({ shape, properties, path }: CimInstance): ((row: PropertyBag) => string | null) | null {
  if (path === null) return () => null;
  const keys = shape.properties.filter((p) => p.isKey);
  const ordered = orderOf(keys, path);
  if (ordered === null) return null;
  const leads = ordered.map((name, i) => `${i === 0 ? `${shape.className}.` : ','}${name}=`);
  const quoted = leads.map((lead) => `${lead}"`);
  const make = (row: PropertyBag) => {
    let path = '';
    for (let i = 0; i < ordered.length; i++) {
      const value = row[ordered[i]!]!;
      path += typeof value === 'string' ? `${quoted[i]}${escaped(value)}"` : `${leads[i]}${keyText(value)}`;
    }
    return path;
  };
  return make(properties) === path ? make : null;
}

const SIMPLE: ReadonlySet<CimType> = new Set([
  CimType.String,
  CimType.Reference,
  CimType.Boolean,
  CimType.Uint8,
  CimType.Sint8,
  CimType.Uint16,
  CimType.Sint16,
  CimType.Uint32,
  CimType.Sint32,
  CimType.Uint64,
  CimType.Sint64,
]);

function orderOf(keys: readonly PropertyShape[], path: string): string[] | null {
  if (keys.length === 0 || keys.some((k) => !SIMPLE.has(k.type))) return null;
  const positions = new Map(keys.map((k) => [k.name, path.indexOf(`${k.name}=`)]));
  return keys.map((k) => k.name).sort((a, b) => positions.get(a)! - positions.get(b)!);
}

function escaped(text: string): string {
  return /[\\"]/.test(text) ? text.replace(/[\\"]/g, '\\$&') : text;
}

function keyText(value: CimValue): string {
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value);
}

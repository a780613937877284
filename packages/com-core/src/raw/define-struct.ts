import { readPointer, writePointer } from './native-memory.ts';

/** `place` marks where an array or a nested struct begins; it is reached through `offsetOf`. */
export type FieldKind = 'u8' | 'u16' | 'u32' | 'i32' | 'ptr' | 'place';

export type FieldTable = Readonly<Record<string, readonly [kind: FieldKind, offset: number]>>;

/** One C struct as 64-bit Windows lays it out: little-endian, offsets and size in bytes. */
export interface StructTable<F extends FieldTable = FieldTable> {
  readonly name: string;
  readonly size: number;
  /** A nested field is named with a dot, as `offsetof` takes it. */
  readonly fields: F;
}

type Values<F extends FieldTable> = {
  -readonly [K in keyof F as F[K][0] extends 'place' ? never : K]: number;
};

export function defineStruct<const F extends FieldTable>(
  name: string,
  size: number,
  fields: F,
): StructTable<F> {
  return { name, size, fields };
}

/** The offset of a field in bytes. */
export function offsetOf<F extends FieldTable>(struct: StructTable<F>, field: keyof F): number {
  return struct.fields[field]![1];
}

/**
 * Reads every number and pointer of a struct.
 * @throws RangeError when the struct does not fit into the view at `base`
 */
export function readStruct<F extends FieldTable>(
  struct: StructTable<F>,
  view: DataView,
  base = 0,
): Values<F> {
  requireRoom(struct, view, base);
  const values: Record<string, number> = {};
  for (const [name, [kind, offset]] of Object.entries(struct.fields)) {
    if (kind !== 'place') values[name] = READ[kind](view, base + offset);
  }
  return values as Values<F>;
}

/**
 * Writes a struct; fields that are not given, and padding, become zero. Arrays that follow are left alone.
 * @throws RangeError when the struct does not fit into the view at `base`
 */
export function writeStruct<F extends FieldTable>(
  struct: StructTable<F>,
  view: DataView,
  values: Partial<Values<F>>,
  base = 0,
): void {
  requireRoom(struct, view, base);
  new Uint8Array(view.buffer, view.byteOffset + base, struct.size).fill(0);
  for (const [name, value] of Object.entries(values)) {
    const [kind, offset] = struct.fields[name]!;
    if (kind !== 'place') WRITE[kind](view, base + offset, value as number);
  }
}

function requireRoom(struct: StructTable, view: DataView, base: number): void {
  if (base >= 0 && base + struct.size <= view.byteLength) return;
  throw new RangeError(
    `${struct.name} needs ${struct.size} bytes at offset ${base}, the view has ${view.byteLength}`,
  );
}

const READ = {
  u8: (view: DataView, at: number) => view.getUint8(at),
  u16: (view: DataView, at: number) => view.getUint16(at, true),
  u32: (view: DataView, at: number) => view.getUint32(at, true),
  i32: (view: DataView, at: number) => view.getInt32(at, true),
  ptr: readPointer,
} as const;

const WRITE = {
  u8: (view: DataView, at: number, value: number) => view.setUint8(at, value),
  u16: (view: DataView, at: number, value: number) => view.setUint16(at, value, true),
  u32: (view: DataView, at: number, value: number) => view.setUint32(at, value, true),
  i32: (view: DataView, at: number, value: number) => view.setInt32(at, value, true),
  ptr: writePointer,
} as const;

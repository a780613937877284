/**
 * The value of a key in a path. Paths do not know types: every integer is a bigint, and a datetime or a
 * reference is a string (a reference holds a path of its own).
 */
export type PathKeyValue = string | bigint | boolean;

export interface PathKey {
  /** null for the only key of its class, written without a name: `Win32_Process="4"`. */
  readonly name: string | null;
  readonly value: PathKeyValue;
}

/** Where the object of a path lives. */
export interface PathLocation {
  /** null for this machine, also written `.`; never given without a namespace. */
  readonly server: string | null;
  /** Segments joined by backslashes, `root\cimv2`; null for the namespace at hand. */
  readonly namespace: string | null;
}

export interface NamespacePath extends PathLocation {
  readonly kind: 'namespace';
  readonly namespace: string;
}

export interface ClassPath extends PathLocation {
  readonly kind: 'class';
  readonly className: string;
}

/** The one instance of a class without keys, `__SystemSecurity=@`. */
export interface SingletonPath extends PathLocation {
  readonly kind: 'singleton';
  readonly className: string;
}

export interface InstancePath extends PathLocation {
  readonly kind: 'instance';
  readonly className: string;
  /** At least one, each name once in any case; a nameless key stands alone. */
  readonly keys: readonly PathKey[];
}

/**
 * What a WMI object path names.
 * @see Microsoft, "Describing the Location of a WMI Object"; DMTF DSP0004 8.2
 */
export type ObjectPath = NamespacePath | ClassPath | SingletonPath | InstancePath;

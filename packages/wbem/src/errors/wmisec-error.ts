import { formatHresult } from '../status/hresult.ts';

const BRANDS = Symbol.for('@wmisec/error-brands');

/** Why a gate refused: enough for a person to act on, never a secret. */
export interface Refusal {
  /** The gate that refused, by the names of docs/rules.md 0.3, such as `namespace-rights`. */
  readonly gate: string;
  /** What the caller lacked, in words, such as `WBEM_REMOTE_ACCESS`. */
  readonly missing: readonly string[];
  /** The access control entry that decided, as SDDL with its position from 0; `null` when none did. */
  readonly ace: { readonly index: number; readonly sddl: string } | null;
  /** The smallest change that would let the call pass; `null` when none is known. */
  readonly fix: string | null;
}

export interface WmisecErrorOptions extends ErrorOptions {
  /** Unsigned 32-bit HRESULT; absent when no COM status stands behind the error. */
  readonly hresult?: number | undefined;
  /** What was being done, in the idiomatic name of the call, such as `execQuery`. */
  readonly operation?: string | undefined;
  readonly refusal?: Refusal | undefined;
}

/**
 * The base of every error that wmisec raises. Match on `code`; `instanceof` also holds across duplicate
 * copies of the packages, because it compares a brand and not the constructor.
 */
export class WmisecError extends Error {
  /** The brand that `instanceof` looks for; each subclass has its own. */
  static readonly brand: string = 'WmisecError';

  /** SDK symbol (`WBEM_E_ACCESS_DENIED`) or a wmisec code in capitals (`UNSUPPORTED_PLATFORM`). */
  readonly code: string;
  readonly hresult: number | undefined;
  readonly operation: string | undefined;
  readonly refusal: Refusal | undefined;

  constructor(code: string, message: string, options: WmisecErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.brand;
    this.code = code;
    this.hresult = options.hresult === undefined ? undefined : options.hresult >>> 0;
    this.operation = options.operation;
    this.refusal = options.refusal;
    Object.defineProperty(this, BRANDS, { value: brandsOf(new.target), enumerable: false });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const brands = (value as Record<symbol, unknown>)[BRANDS];
    return Array.isArray(brands) && brands.includes(this.brand);
  }

  /** Plain data for logs and JSON output: no stack, no cause, no secret. */
  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      message: this.message,
      ...(this.hresult !== undefined && { hresult: formatHresult(this.hresult) }),
      ...(this.operation !== undefined && { operation: this.operation }),
      ...(this.refusal !== undefined && { refusal: this.refusal }),
    };
  }
}

function brandsOf(errorClass: typeof WmisecError): readonly string[] {
  const brands: string[] = [];
  for (let c = errorClass; typeof c.brand === 'string'; c = Object.getPrototypeOf(c)) brands.push(c.brand);
  return brands;
}

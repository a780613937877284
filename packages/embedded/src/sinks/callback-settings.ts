/** A value of the registry: of a REG_DWORD, or the text of a REG_SZ. */
export type RegistryFlag = boolean | number | string;

/**
 * What a machine says about callbacks, below `HKLM\SOFTWARE\Microsoft\WBEM\CIMOM`.
 * @see docs/rules.md 3.3
 */
export interface CallbackSettings {
  /**
   * 1: stubs check who calls unless they are told otherwise, and no callback is made without an identity. Default 0.
   * What is neither 0 nor 1 counts as 1.
   */
  readonly UnsecAppAccessControlDefault?: RegistryFlag | undefined;
  /**
   * 1: a callback that reaches a client of another machine at no other level is made without an identity. Default 0,
   * though Microsoft states none. What is neither 0 nor 1 counts as 0.
   */
  readonly AllowAnonymousCallback?: RegistryFlag | undefined;
}

/** Whether a stub that leaves it to the machine checks its callers. */
export function checksByDefault({ UnsecAppAccessControlDefault = 0 }: CallbackSettings): boolean {
  return isOn(UnsecAppAccessControlDefault) ?? true;
}

export function allowsAnonymousCallback({ AllowAnonymousCallback = 0 }: CallbackSettings): boolean {
  return isOn(AllowAnonymousCallback) ?? false;
}

/** @returns null for a value that says neither. */
function isOn(value: RegistryFlag): boolean | null {
  if (typeof value === 'boolean') return value;
  const number = typeof value === 'string' ? numberOf(value) : value;
  if (number === 1) return true;
  return number === 0 ? false : null;
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

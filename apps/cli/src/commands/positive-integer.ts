import { WmisecError } from '@wmisec/wbem';

/** Reads the number that an option takes. @throws WmisecError `INVALID_ARGUMENT`. */
export function positiveInteger(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `${option}: expected a whole number from 1, got ${JSON.stringify(text.slice(0, 40))}`,
    );
  };
}

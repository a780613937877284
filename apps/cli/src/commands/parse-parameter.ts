import {
  type CimMethod,
  type CimParameter,
  CimType,
  type CimValue,
  cimTypeName,
  parseDateTime,
  WmisecError,
} from '@wmisec/wbem';

/**
 * Reads `Name=value` as the type that the method declares.
 * @throws WmisecError `INVALID_ARGUMENT` for an unknown name or a value of another type.
 */
export function parseParameter(text: string, method: CimMethod): [name: string, value: CimValue] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw refused(`expected name=value, got ${JSON.stringify(text)}`);
  const name = text.slice(0, equals);
  const parameter = method.inParams.find((declared) => declared.name.toLowerCase() === name.toLowerCase());
  if (parameter === undefined) {
    const known = method.inParams.map((declared) => declared.name).join(', ') || 'none';
    throw refused(`expected a parameter of ${method.name} (${known}), got ${name}`);
  }
  return [parameter.name, typedValue(text.slice(equals + 1), parameter)];
}

function typedValue(text: string, parameter: CimParameter): CimValue {
  if (!parameter.isArray) return scalarOf(text, parameter);
  const items = jsonArray(text);
  if (items === null) throw refused(`${parameter.name}: expected a JSON array, got ${JSON.stringify(text)}`);
  return items.map((item) => (item === null ? null : (scalarOf(String(item), parameter) as string)));
}

function scalarOf(text: string, { name, type }: CimParameter): CimValue {
  switch (type) {
    case CimType.String:
    case CimType.Reference:
    case CimType.Char16:
      return text;
    case CimType.DateTime:
      return parseDateTime(text);
    case CimType.Boolean:
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      break;
    case CimType.Real32:
    case CimType.Real64:
      if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
      break;
    case CimType.Object:
      break;
    default:
      if (/^[+-]?\d+$/.test(text))
        return type === CimType.Sint64 || type === CimType.Uint64 ? BigInt(text) : Number(text);
  }
  throw refused(`${name}: expected a ${cimTypeName(type)}, got ${JSON.stringify(text)}`);
}

function jsonArray(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function refused(message: string): WmisecError {
  return new WmisecError('INVALID_ARGUMENT', message);
}

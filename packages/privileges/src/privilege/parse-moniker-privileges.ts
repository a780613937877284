import type { PrivilegeName } from '@wmisec/access';
import { ParseError } from '@wmisec/wbem';
import { findPrivilege } from './find-privilege.ts';

export interface PrivilegeOverride {
  readonly name: PrivilegeName;
  /** false for a leading `!`. */
  readonly enable: boolean;
}

/**
 * Reads the privileges of a WMI moniker, `(Debug,!Security)`, with or without the parentheses.
 * @throws ParseError `WBEM_E_INVALID_SYNTAX`
 * @see docs/rules.md 7.4
 */
export function parseMonikerPrivileges(text: string): PrivilegeOverride[] {
  const list = /^\((.*)\)$/s.exec(text)?.[1] ?? text;
  let offset = list === text ? 0 : 1;
  return list.split(',').map((part) => {
    const override = readOverride(part, offset);
    offset += part.length + 1;
    return override;
  });
}

function readOverride(part: string, offset: number): PrivilegeOverride {
  const word = part.trim();
  const enable = !word.startsWith('!');
  const found = findPrivilege(enable ? word : word.slice(1));
  if (found !== undefined) return { name: found.name, enable };
  throw new ParseError('WBEM_E_INVALID_SYNTAX', 'privileges of a moniker', {
    offset,
    expected: 'a name such as Debug or !Security',
    got: JSON.stringify(word.slice(0, 40)),
  });
}

import { WmisecError } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { formatAce } from '../sddl/format-ace.ts';
import type { Sid } from '../sid/sid.ts';
import { sidName } from '../sid/sid-name.ts';

const TYPE_NAMES = new Map<number, string>(
  Object.entries(AceType).map(([name, type]) => [type, spaced(name).toLowerCase()]),
);

const TYPE_WORDS = new Map<number, string>([
  [AceType.AccessAllowed, 'allow'],
  [AceType.AccessDenied, 'deny'],
  [AceType.SystemAudit, 'audit'],
]);

/** An ACE as SDDL and in words: `(A;CI;CCDCRP;;;AU) allow Authenticated User, also on children`. */
export function describeAce(ace: Ace, domain?: Sid): string {
  const type = TYPE_WORDS.get(ace.type) ?? TYPE_NAMES.get(ace.type) ?? `type ${ace.type}`;
  return `${sddlOf(ace, domain)} ${type} ${sidName(ace.sid)}${scopeOf(ace)}`;
}

function scopeOf({ flags }: Ace): string {
  const children = (flags & (AceFlags.ObjectInherit | AceFlags.ContainerInherit)) !== 0;
  const only = (flags & AceFlags.InheritOnly) !== 0;
  const inherited = (flags & AceFlags.Inherited) !== 0 ? ', inherited' : '';
  if (!children) return `${only ? ', in force nowhere' : ''}${inherited}`;
  return `, ${only ? 'only' : 'also'} on children${inherited}`;
}

function sddlOf(ace: Ace, domain: Sid | undefined): string {
  try {
    return formatAce(ace, domain);
  } catch (error) {
    if (error instanceof WmisecError) return `(ACE that SDDL has no words for)`;
    throw error;
  }
}

function spaced(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
}

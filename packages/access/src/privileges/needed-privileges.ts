import { type CimClass, type CimQualifier, getQualifier, sameName } from '@wmisec/wbem';
import { PRIVILEGE_NAMES, type PrivilegeName } from '../token/privilege-name.ts';

/**
 * A class and those above it. The qualifiers that name privileges do not travel to subclasses by themselves; what a
 * class demands holds below it all the same, or a class below it would be a way around.
 */
export type Lineage = readonly CimClass[];

/**
 * The privileges that calling a method needs, each once; empty when no class says any. A word that is no privilege
 * stays: nobody holds it, so nobody passes.
 * @see docs/rules.md 7.1, `Privileges`
 */
export function methodPrivileges(lineage: Lineage, method: string): PrivilegeName[] {
  return demanded('Privileges', membersNamed(lineage, 'methods', method));
}

/** The same for reading a property. */
export function readPrivileges(lineage: Lineage, property: string): PrivilegeName[] {
  return demanded('Privileges', membersNamed(lineage, 'properties', property));
}

/**
 * The same for writing an instance, those of every property: a row is written as a whole.
 * @see docs/rules.md 7.1, `WritePrivileges`
 */
export function writePrivileges(lineage: Lineage): PrivilegeName[] {
  return demanded(
    'WritePrivileges',
    lineage.flatMap(({ properties }) => properties),
  );
}

interface Qualified {
  readonly qualifiers: readonly CimQualifier[];
}

function membersNamed(lineage: Lineage, members: 'methods' | 'properties', wanted: string): Qualified[] {
  return lineage.flatMap((cls): Qualified[] => cls[members].filter(({ name }) => sameName(name, wanted)));
}

function demanded(name: string, members: readonly Qualified[]): PrivilegeName[] {
  const words = members.flatMap((member) => wordsOf(getQualifier(member, name)));
  return [...new Set(words.map(privilegeNamed))];
}

function wordsOf(found: CimQualifier | undefined): string[] {
  if (found === undefined) return [];
  return [found.value].flat().map(String);
}

function privilegeNamed(word: string): PrivilegeName {
  return PRIVILEGE_NAMES.find((name) => sameName(name, word)) ?? (word as PrivilegeName);
}

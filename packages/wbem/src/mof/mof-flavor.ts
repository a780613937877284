import type { QualifierFlavor } from '../cim/objects.ts';
import { standardFlavor } from '../cim/qualifier.ts';
import type { MofFlavor } from './mof-syntax.ts';

const effects: Readonly<Record<MofFlavor, Partial<QualifierFlavor>>> = {
  Amended: { amended: true },
  DisableOverride: { overridable: false },
  EnableOverride: { overridable: true },
  NotToInstance: { toInstance: false },
  NotToSubclass: { toSubclass: false },
  Restricted: { toInstance: false, toSubclass: false },
  ToInstance: { toInstance: true },
  ToSubclass: { toSubclass: true },
  Translatable: { amended: true },
};

const words = new Map(Object.keys(effects).map((word) => [word.toLowerCase(), word as MofFlavor]));

/** The flavor that a word names, in any case. */
export function flavorFromWord(word: string): MofFlavor | undefined {
  return words.get(word.toLowerCase());
}

/** True when two flavors say the opposite of each other. */
export function flavorsConflict(a: MofFlavor, b: MofFlavor): boolean {
  const other = new Map(Object.entries(effects[b]));
  return Object.entries(effects[a]).some(([aspect, value]) => (other.get(aspect) ?? value) !== value);
}

/** A flavor with the words applied to it. */
export function applyFlavors(flavor: QualifierFlavor, flavors: readonly MofFlavor[]): QualifierFlavor {
  return Object.assign({}, flavor, ...flavors.map((word) => effects[word]));
}

/** The words that turn a qualifier's standard flavor into this one. */
export function flavorWords(name: string, flavor: QualifierFlavor): MofFlavor[] {
  const usual = standardFlavor(name);
  const found: MofFlavor[] = [];
  if (flavor.overridable !== usual.overridable)
    found.push(flavor.overridable ? 'EnableOverride' : 'DisableOverride');
  if (flavor.toInstance !== usual.toInstance) found.push(flavor.toInstance ? 'ToInstance' : 'NotToInstance');
  if (flavor.toSubclass !== usual.toSubclass) found.push(flavor.toSubclass ? 'ToSubclass' : 'NotToSubclass');
  if (flavor.amended) found.push('Amended');
  return found;
}

import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import { checkValue } from './check-value.ts';
import { CimType } from './cim-type.ts';
import { WbemLimits } from './limits.ts';
import { checkIdentifier, foldName, sameName } from './names.ts';
import type { CimClass, CimMethod, CimParameter, CimProperty, CimQualifier } from './objects.ts';
import { findProperty } from './property.ts';
import { getQualifier, hasQualifier } from './qualifier.ts';
import { sameValue } from './same-value.ts';

/**
 * The whole class that a declaration makes under its parent: inherited members first, then its own, with
 * qualifiers that travel to subclasses. A property or method that the declaration repeats overrides the
 * inherited one; a default of null keeps the inherited default.
 *
 * @param parent complete, or null for a class at the root.
 * @param declaration its own members, or all of them as a class read from a service has.
 * @throws WbemError
 *   `WBEM_E_INVALID_SUPERCLASS` when the declaration names another parent,
 *   `WBEM_E_TYPE_MISMATCH` when a property changes its inherited type, and what `checkValue` throws for a default,
 *   `WBEM_E_INVALID_PARAMETER` for a name that is none,
 *   `WBEM_E_PROPAGATED_PROPERTY` when a class with inherited members leaves one of them out,
 *   `WBEM_E_PROPAGATED_METHOD` when an inherited method changes its signature,
 *   `WBEM_E_OVERRIDE_NOT_ALLOWED` when a qualifier that cannot be overridden changes,
 *   `WBEM_E_CANNOT_CHANGE_KEY_INHERITANCE` when keys differ from those that the parent has,
 *   `WBEM_E_CANNOT_BE_KEY`, `WBEM_E_CANNOT_BE_SINGLETON`, `WBEM_E_CANNOT_BE_ABSTRACT` for what those
 *   qualifiers forbid,
 *   `WBEM_E_INVALID_CLASS` when a name is declared twice,
 *   `WBEM_E_TOO_MANY_PROPERTIES` past `WbemLimits.MaxUserProperties`.
 * @see [MS-WMIO] 2.2.62; Microsoft, "Creating a WMI Derived Class" and "Key Qualifier"; docs/rules.md 10.3
 */
export function deriveClass(parent: CimClass | null, declaration: CimClass): CimClass {
  checkSuperclass(parent, declaration);
  checkNames(declaration);
  checkNothingDropped(parent, declaration);
  const derived: CimClass = {
    kind: 'class',
    className: declaration.className,
    superclass: parent?.className ?? null,
    derivation: parent === null ? [] : [parent.className, ...parent.derivation],
    qualifiers: inheritQualifiers(parent?.qualifiers ?? [], declaration.qualifiers),
    properties: deriveProperties(parent, declaration),
    methods: deriveMethods(parent, declaration),
  };
  checkKeys(parent, derived);
  checkKind(parent, derived);
  return derived;
}

function checkSuperclass(parent: CimClass | null, { className, superclass }: CimClass): void {
  if (parent === null ? superclass === null : superclass !== null && sameName(superclass, parent.className))
    return;
  throw new WbemError(
    WbemStatus.WBEM_E_INVALID_SUPERCLASS,
    `${className} derives from ${superclass ?? 'no class'}, got ${parent?.className ?? 'no class'} as its parent`,
  );
}

function checkNames({ className, properties, methods }: CimClass): void {
  checkIdentifier(className, 'class name');
  for (const members of [properties, methods]) {
    const seen = new Set<string>();
    for (const { name } of members) {
      checkIdentifier(name, 'member name');
      if (seen.has(foldName(name)))
        throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, `${className} declares ${name} twice`);
      seen.add(foldName(name));
    }
  }
}

function checkNothingDropped(parent: CimClass | null, declaration: CimClass): void {
  const isComplete = declaration.properties.some((p) => !sameName(p.origin, declaration.className));
  if (parent === null || !isComplete) return;
  const dropped = parent.properties.find((p) => findProperty(declaration, p.name) === undefined);
  if (dropped === undefined) return;
  throw new WbemError(
    WbemStatus.WBEM_E_PROPAGATED_PROPERTY,
    `${declaration.className} cannot drop ${dropped.name}, which it inherits from ${dropped.origin}`,
  );
}

function deriveProperties(parent: CimClass | null, declaration: CimClass): readonly CimProperty[] {
  const { className } = declaration;
  const inherited = (parent?.properties ?? []).map((p) =>
    overrideProperty(p, findProperty(declaration, p.name)),
  );
  const own = declaration.properties
    .filter((p) => parent === null || findProperty(parent, p.name) === undefined)
    .map((p) => ownProperty(className, p));
  const all = [...inherited, ...own];
  if (all.length > WbemLimits.MaxUserProperties)
    throw new WbemError(
      WbemStatus.WBEM_E_TOO_MANY_PROPERTIES,
      `a class has at most ${WbemLimits.MaxUserProperties} properties, ${className} would have ${all.length}`,
    );
  return all;
}

function ownProperty(className: string, property: CimProperty): CimProperty {
  const { type, isArray, value } = property;
  const isKey = property.isKey || hasQualifier(property, 'key');
  return { ...property, isKey, value: checkValue(type, isArray, value), origin: className };
}

function overrideProperty(inherited: CimProperty, own: CimProperty | undefined): CimProperty {
  if (own !== undefined && (own.type !== inherited.type || own.isArray !== inherited.isArray))
    throw new WbemError(
      WbemStatus.WBEM_E_TYPE_MISMATCH,
      `${own.name} keeps the type that it has in ${inherited.origin}`,
    );
  const qualifiers = inheritQualifiers(inherited.qualifiers, own?.qualifiers ?? []);
  const isKey = inherited.isKey || (own?.isKey ?? false) || hasQualifier({ qualifiers }, 'key');
  const value = checkValue(inherited.type, inherited.isArray, own?.value ?? inherited.value);
  return { ...inherited, value, qualifiers, isKey };
}

function deriveMethods(parent: CimClass | null, { className, methods }: CimClass): readonly CimMethod[] {
  const find = (list: readonly CimMethod[], name: string) => list.find((m) => sameName(m.name, name));
  const inherited = (parent?.methods ?? []).map((m) => overrideMethod(m, find(methods, m.name)));
  const own = methods.filter((m) => find(inherited, m.name) === undefined);
  return [...inherited, ...own.map((m) => ({ ...m, origin: className }))];
}

function overrideMethod(inherited: CimMethod, own: CimMethod | undefined): CimMethod {
  if (own !== undefined && signatureOf(own) !== signatureOf(inherited))
    throw new WbemError(
      WbemStatus.WBEM_E_PROPAGATED_METHOD,
      `${own.name} keeps the parameters that it has in ${inherited.origin}`,
    );
  return {
    ...(own ?? inherited),
    name: inherited.name,
    qualifiers: inheritQualifiers(inherited.qualifiers, own?.qualifiers ?? []),
    origin: inherited.origin,
  };
}

function signatureOf({ inParams, outParams, returnType }: CimMethod): string {
  const words = (p: CimParameter) => [foldName(p.name), p.type, p.isArray, p.id];
  return JSON.stringify([inParams.map(words), outParams.map(words), returnType]);
}

/** Qualifiers travel by flavor: the parent's that go to subclasses, overridden where that is allowed. */
function inheritQualifiers(
  inherited: readonly CimQualifier[],
  own: readonly CimQualifier[],
): readonly CimQualifier[] {
  const owner = { qualifiers: own };
  const travelling = inherited.filter((q) => q.flavor.toSubclass);
  const kept = travelling.map((q) => overrideQualifier(q, getQualifier(owner, q.name)));
  const added = own.filter((q) => getQualifier({ qualifiers: travelling }, q.name) === undefined);
  return [...kept, ...added];
}

function overrideQualifier(inherited: CimQualifier, own: CimQualifier | undefined): CimQualifier {
  if (own === undefined || sameValue(own.value, inherited.value)) return inherited;
  if (inherited.flavor.overridable) return own;
  throw new WbemError(
    WbemStatus.WBEM_E_OVERRIDE_NOT_ALLOWED,
    `the qualifier ${inherited.name} cannot be overridden, got another value`,
  );
}

function checkKeys(parent: CimClass | null, derived: CimClass): void {
  const keys = derived.properties.filter((p) => p.isKey);
  for (const key of keys) {
    if (!key.isArray && canBeKey(key.type)) continue;
    throw new WbemError(
      WbemStatus.WBEM_E_CANNOT_BE_KEY,
      `an array, real or embedded object cannot be a key, got ${derived.className}.${key.name}`,
    );
  }
  const inherited = parent?.properties.filter((p) => p.isKey).length ?? 0;
  if (parent === null || inherited === 0 || inherited === keys.length) return;
  throw new WbemError(
    WbemStatus.WBEM_E_CANNOT_CHANGE_KEY_INHERITANCE,
    `${derived.className} has the keys of ${parent.className} and cannot add one`,
  );
}

function canBeKey(type: CimType): boolean {
  return type !== CimType.Real32 && type !== CimType.Real64 && type !== CimType.Object;
}

function checkKind(parent: CimClass | null, derived: CimClass): void {
  const { className } = derived;
  if (hasQualifier(derived, 'singleton') && derived.properties.some((p) => p.isKey))
    throw new WbemError(WbemStatus.WBEM_E_CANNOT_BE_SINGLETON, `a singleton has no keys, ${className} has`);
  if (parent !== null && hasQualifier(derived, 'abstract') && !hasQualifier(parent, 'abstract'))
    throw new WbemError(
      WbemStatus.WBEM_E_CANNOT_BE_ABSTRACT,
      `an abstract class derives from an abstract class, ${className} derives from ${parent.className}`,
    );
}

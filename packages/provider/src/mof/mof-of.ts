import {
  formatMof,
  type MofInstance,
  type MofItem,
  type MofPragma,
  type MofScalar,
  type MofValue,
  type PropertyBag,
} from '@wmisec/wbem';
import type { ProviderDefinition } from '../define-provider.ts';
import { registrationInstances } from '../registration/registration-instances.ts';

/**
 * The MOF that installs a definition: the security of its namespace where it says any, its classes with their
 * descriptions, keys and privileges, and its registration.
 * @throws WbemError what `formatMof` throws.
 * @see docs/rules.md 9.5, 9.10
 */
export function mofOf(definition: ProviderDefinition): string {
  const { namespace, spec, provider } = definition;
  const texts = [
    ...namespaceTexts(namespace, spec.namespaceSecurity),
    formatMof({ items: [pragma('namespace', `\\\\.\\${namespace}`)] }),
    ...provider.classes.map((cls) => formatMof(cls)),
    ...registrationInstances(definition).map(({ className, properties }) =>
      formatMof({ items: [instance(className, properties)] }),
    ),
  ];
  return texts.join('\n');
}

/** The qualifier is an order that goes with the instance; the namespace is made in its parent. */
function namespaceTexts(namespace: string, sddl: string | undefined): string[] {
  if (sddl === undefined) return [];
  const at = namespace.lastIndexOf('\\');
  const order: MofItem = {
    ...instance('__Namespace', { Name: namespace.slice(at + 1) }),
    qualifiers: [{ name: 'NamespaceSecuritySDDL', value: { kind: 'string', value: sddl }, flavors: [] }],
  };
  return [formatMof({ items: [pragma('namespace', `\\\\.\\${namespace.slice(0, at)}`), order] })];
}

function pragma(name: MofPragma['name'], argument: string): MofPragma {
  return { kind: 'pragma', name, arguments: [argument] };
}

function instance(className: string, properties: PropertyBag): MofInstance {
  const given = Object.entries(properties).filter(([, value]) => value !== null);
  return {
    kind: 'instance',
    qualifiers: [],
    className,
    alias: null,
    properties: given.map(([name, value]) => ({ qualifiers: [], name, value: mofValue(value) })),
  };
}

function mofValue(value: PropertyBag[string]): MofValue {
  return Array.isArray(value) ? { kind: 'array', elements: value.map(scalarOf) } : scalarOf(value);
}

function scalarOf(value: unknown): MofScalar {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return { kind: 'integer', value: BigInt(value) };
  return { kind: 'string', value: String(value) };
}

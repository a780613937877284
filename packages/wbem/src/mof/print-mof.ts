import { CimType, cimTypeName } from '../cim/cim-type.ts';
import { WbemLimits } from '../cim/limits.ts';
import { WbemError } from '../errors/wbem-error.ts';
import { WbemStatus } from '../status/wbem-status.ts';
import type {
  MofClass,
  MofDocument,
  MofFeature,
  MofInstance,
  MofItem,
  MofMethod,
  MofPragma,
  MofQualifier,
  MofQualifierDeclaration,
  MofScalar,
  MofType,
  MofValue,
} from './mof-syntax.ts';
import { charText, nameText, realText, stringText } from './mof-text.ts';

const STEP = '  ';

/** The text of a document: two spaces a level, one member a line. */
export function printMof({ items }: MofDocument): string {
  return items.map((item) => `${printItem(item)}\n`).join('\n');
}

function printItem(item: MofItem): string {
  switch (item.kind) {
    case 'pragma':
      return printPragma(item);
    case 'qualifier':
      return printQualifierDeclaration(item);
    default:
      return `${printObject(item, '', 1)};`;
  }
}

function printPragma({ name, arguments: given }: MofPragma): string {
  const written = given.map((argument, index) => {
    const isFlag = index === 1 && (name === 'deleteclass' || name === 'deleteinstance');
    return isFlag ? nameText(argument) : stringText(argument);
  });
  const list = written.length === 0 ? '' : ` (${written.join(', ')})`;
  return name === 'include' ? `#include${list}` : `#pragma ${nameText(name)}${list}`;
}

function printQualifierDeclaration(declaration: MofQualifierDeclaration): string {
  const { name, type, isArray, value, scope, flavors } = declaration;
  if (type === null) return `Qualifier ${nameText(name)} : ${flavors.join(' ')};`;
  const clauses = [
    `Qualifier ${nameText(name)} : ${cimTypeName(type)}${isArray ? '[]' : ''}${printDefault(value, '', 1)}`,
    ...(scope.length > 0 ? [`Scope(${scope.map(nameText).join(', ')})`] : []),
    ...(flavors.length > 0 ? [`Flavor(${flavors.join(', ')})`] : []),
  ];
  return `${clauses.join(', ')};`;
}

function printObject(object: MofClass | MofInstance, indent: string, depth: number): string {
  if (depth > WbemLimits.MaxObjectNesting)
    throw new WbemError(
      WbemStatus.WBEM_E_QUOTA_VIOLATION,
      `objects nest at most ${WbemLimits.MaxObjectNesting} deep`,
    );
  const head = object.qualifiers.length === 0 ? '' : `${printQualifiers(object.qualifiers)}\n${indent}`;
  const members =
    object.kind === 'class'
      ? printMembers(object, indent + STEP, depth)
      : printAssignments(object, indent + STEP, depth);
  const body = members.map((member) => `\n${indent}${STEP}${member};`).join('');
  return `${head}${printHead(object)} {${body}${body === '' ? '' : `\n${indent}`}}`;
}

function printHead(object: MofClass | MofInstance): string {
  const word = object.kind === 'class' ? 'class' : 'instance of';
  const alias = object.alias === null ? '' : ` as $${nameText(object.alias)}`;
  const ancestors = object.kind === 'class' ? object.ancestors.map(nameText).join(' ') : '';
  return `${word} ${nameText(object.className)}${alias}${ancestors === '' ? '' : ` : ${ancestors}`}`;
}

function printMembers({ properties, methods }: MofClass, indent: string, depth: number): string[] {
  return [
    ...properties.map((property) => printFeature(property, indent, depth)),
    ...methods.map((method) => printMethod(method, indent, depth)),
  ];
}

function printAssignments({ properties }: MofInstance, indent: string, depth: number): string[] {
  return properties.map(
    ({ qualifiers, name, value }) =>
      `${printLead(qualifiers)}${nameText(name)} = ${printValue(value, indent, depth)}`,
  );
}

function printFeature(feature: MofFeature, indent: string, depth: number): string {
  const { qualifiers, type, name, isArray, arraySize, value } = feature;
  const brackets = isArray ? `[${arraySize ?? ''}]` : '';
  return `${printLead(qualifiers)}${printType(type)} ${nameText(name)}${brackets}${printDefault(value, indent, depth)}`;
}

function printMethod(
  { qualifiers, returnType, name, parameters }: MofMethod,
  indent: string,
  depth: number,
): string {
  const type = returnType === null ? 'void' : printType(returnType);
  const inner = indent + STEP;
  const list = parameters.map((parameter) => `\n${inner}${printFeature(parameter, inner, depth)}`).join(',');
  return `${printLead(qualifiers)}${type} ${nameText(name)}(${list})`;
}

function printType({ type, className }: MofType): string {
  if (type === CimType.Object) return className === null ? 'object' : nameText(className);
  if (type === CimType.Reference) return `${className === null ? 'object' : nameText(className)} ref`;
  return cimTypeName(type) ?? nameText('');
}

function printDefault(value: MofValue | null, indent: string, depth: number): string {
  return value === null ? '' : ` = ${printValue(value, indent, depth)}`;
}

function printValue(value: MofValue, indent: string, depth: number): string {
  if (value.kind !== 'array') return printScalar(value, indent, depth);
  return printElements(value.elements, (element) => printScalar(element, indent, depth));
}

function printElements(elements: readonly MofScalar[], print: (element: MofScalar) => string): string {
  if (elements.some((element) => element.kind === 'null'))
    throw new WbemError(WbemStatus.WBEM_E_ILLEGAL_NULL, 'an array in MOF cannot hold null elements');
  return `{${elements.map(print).join(', ')}}`;
}

function printScalar(value: MofScalar, indent: string, depth: number): string {
  switch (value.kind) {
    case 'null':
      return 'NULL';
    case 'boolean':
      return value.value ? 'TRUE' : 'FALSE';
    case 'integer':
      return String(value.value);
    case 'real':
      return realText(value.value);
    case 'string':
      return stringText(value.value);
    case 'char':
      return charText(value.value);
    case 'alias':
      return `$${nameText(value.name)}`;
    default:
      return printObject(value, indent, depth + 1);
  }
}

function printLead(qualifiers: readonly MofQualifier[]): string {
  return qualifiers.length === 0 ? '' : `${printQualifiers(qualifiers)} `;
}

function printQualifiers(qualifiers: readonly MofQualifier[]): string {
  return `[${qualifiers.map(printQualifier).join(', ')}]`;
}

function printQualifier({ name, value, flavors }: MofQualifier): string {
  const flavor = flavors.length === 0 ? '' : ` : ${flavors.join(' ')}`;
  return `${nameText(name)}${printQualifierValue(value)}${flavor}`;
}

function printQualifierValue(value: MofValue | null): string {
  if (value === null) return '';
  return value.kind === 'array' ? printValue(value, '', 1) : `(${printValue(value, '', 1)})`;
}

import { foldName } from '../cim/names.ts';
import type { CimClass, CimInstance } from '../cim/objects.ts';
import { createAliasTable } from './alias-table.ts';
import { type CompileContext, compileClass, compileInstance } from './compile-object.ts';
import { applyFlavors } from './mof-flavor.ts';
import type { MofDocument, MofItem, MofPragma } from './mof-syntax.ts';

/** One step of a compiled MOF, to be carried out in order. `namespace` is null where no pragma named one. */
export type MofStatement =
  | {
      readonly kind: 'putClass';
      readonly namespace: string | null;
      readonly cls: CimClass;
      readonly flags: readonly string[];
    }
  | {
      readonly kind: 'putInstance';
      readonly namespace: string | null;
      readonly instance: CimInstance;
      readonly flags: readonly string[];
    }
  | {
      readonly kind: 'deleteClass' | 'deleteInstance';
      readonly namespace: string | null;
      /** A class name or an object path. */
      readonly target: string;
      /** Whether it is an error when there is no such object. */
      readonly mustExist: boolean;
    }
  /** A file that the text asks for. Nothing was opened. */
  | { readonly kind: 'include'; readonly namespace: string | null; readonly file: string };

export interface CompileMofOptions {
  /** Finds a class that the document does not declare. `namespace` is null where no pragma named one. */
  readonly resolveClass: (className: string, namespace: string | null) => CimClass | undefined;
}

/**
 * Resolves a document against classes: superclasses, types, defaults, flavors and aliases. Aliases may come
 * before the object that they name. Qualifiers on the properties of instances are left out.
 * @throws WbemError `WBEM_E_INVALID_SUPERCLASS` and `WBEM_E_INVALID_CLASS` for classes that are not found,
 *   `WBEM_E_CIRCULAR_REFERENCE` for aliases that need each other, `WBEM_E_NOT_FOUND` for one that names
 *   nothing, `WBEM_E_INVALID_NAMESPACE` for one whose namespace no pragma names, `WBEM_E_MISSING_PARAMETER_ID`, `WBEM_E_INVALID_PARAMETER_ID` and
 *   `WBEM_E_NONCONSECUTIVE_PARAMETER_IDS` for the numbers of parameters, and what `deriveClass` and
 *   `instanceOf` throw.
 */
export function compileMof(document: MofDocument, options: CompileMofOptions): MofStatement[] {
  const state = createState(document, options);
  const statements: MofStatement[] = [];
  for (const item of document.items) {
    const statement = compileItem(state, item);
    if (statement !== null) statements.push(statement);
  }
  return statements;
}

interface CompileState extends CompileContext {
  namespace: string | null;
  classFlags: readonly string[];
  instanceFlags: readonly string[];
  readonly classes: Map<string, CimClass>;
}

function createState(document: MofDocument, options: CompileMofOptions): CompileState {
  const state: CompileState = {
    namespace: null,
    classFlags: [],
    instanceFlags: [],
    classes: new Map(),
    flavors: new Map(),
    findClass: (name) =>
      state.classes.get(classId(state.namespace, name)) ?? options.resolveClass(name, state.namespace),
    resolveAlias: (alias) => findPath(alias, state.namespace),
  };
  const findPath = createAliasTable(document, (target, namespace) => {
    const here = state.namespace;
    state.namespace = namespace;
    const { path } = compileInstance(state, target);
    state.namespace = here;
    return path;
  });
  return state;
}

function compileItem(state: CompileState, item: MofItem): MofStatement | null {
  const { namespace } = state;
  switch (item.kind) {
    case 'pragma':
      return compilePragma(state, item);
    case 'qualifier':
      state.flavors.set(foldName(item.name), (usual) => applyFlavors(usual, item.flavors));
      return null;
    case 'class': {
      const cls = compileClass(state, item);
      state.classes.set(classId(namespace, cls.className), cls);
      return { kind: 'putClass', namespace, cls, flags: state.classFlags };
    }
    case 'instance': {
      const instance = compileInstance(state, item);
      return { kind: 'putInstance', namespace, instance, flags: state.instanceFlags };
    }
  }
}

function compilePragma(state: CompileState, pragma: MofPragma): MofStatement | null {
  const { namespace } = state;
  const [first = '', second] = pragma.arguments;
  switch (pragma.name) {
    case 'namespace':
      state.namespace = first;
      return null;
    case 'classflags':
      state.classFlags = pragma.arguments;
      return null;
    case 'instanceflags':
      state.instanceFlags = pragma.arguments;
      return null;
    case 'include':
      return { kind: 'include', namespace, file: first };
    case 'deleteclass':
      return { kind: 'deleteClass', namespace, target: first, mustExist: second === 'fail' };
    case 'deleteinstance':
      return { kind: 'deleteInstance', namespace, target: first, mustExist: second === 'fail' };
    default:
      return null;
  }
}

function classId(namespace: string | null, className: string): string {
  return `${namespace === null ? '' : foldName(namespace)}:${foldName(className)}`;
}

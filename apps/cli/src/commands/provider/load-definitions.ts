import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProviderDefinition } from '@wmisec/provider';
import { WmisecError } from '@wmisec/wbem';

/**
 * The definitions that a module exports, under whatever names. Loading runs the module.
 * @throws WmisecError `INVALID_PROVIDER` for a module that cannot be loaded, or that exports none.
 */
export async function loadDefinitions(file: string): Promise<ProviderDefinition[]> {
  const exported = Object.values(await load(file)).filter(isDefinition);
  const definitions = [...new Set(exported)];
  if (definitions.length > 0) return definitions;
  throw invalid(`${file}: expected an export that defineProvider made, found none`);
}

async function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    await access(file);
    return await import(pathToFileURL(resolve(file)).href);
  } catch (cause) {
    throw invalid(`${file}: ${reasonOf(cause)}`, cause);
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = Object(cause) as { readonly code?: unknown; readonly message?: unknown };
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION') return 'this version of Node cannot run it; compile it to .mjs';
  if (code === 'ENOENT') return 'expected a module, got no such file';
  return `it cannot be loaded: ${message}`;
}

/** By its shape: the module may have a copy of the package of its own. */
function isDefinition(value: unknown): value is ProviderDefinition {
  if (typeof value !== 'object' || value === null) return false;
  return 'provider' in value && 'namespace' in value && 'spec' in value && 'hosting' in value;
}

function invalid(message: string, cause?: unknown): WmisecError {
  return new WmisecError('INVALID_PROVIDER', message.split('\n', 1)[0]!, { cause });
}

import { ComStatus, hresultFromWin32, ParseError, WbemStatus, Win32Error, WmisecError } from '@wmisec/wbem';
import { CommanderError } from 'commander';
import { ExitCode } from './exit-code.ts';
import { visible } from './output/visible.ts';

const DENIED: ReadonlySet<number> = new Set([
  WbemStatus.WBEM_E_ACCESS_DENIED,
  WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD,
  ComStatus.E_ACCESSDENIED,
  hresultFromWin32(Win32Error.ERROR_NOT_ALL_ASSIGNED),
]);

/**
 * What a person reads: one sentence with its code, and where a gate refused, what would help. A service, a module or a
 * file may have written some of it.
 */
export function sentenceOf(error: unknown): string {
  return visible(wordsOf(error).replaceAll(/\s*\n\s*/g, ' '));
}

function wordsOf(error: unknown): string {
  if (!(error instanceof WmisecError))
    return `INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`;
  const code = error.message.includes(error.code) ? '' : `${error.code}: `;
  const fix = error.refusal?.fix ?? null;
  const help = fix === null || error.message.includes(fix) ? '' : `; to allow it: ${fix}`;
  return `${code}${error.message}${help}`;
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'INVALID_ARGUMENT',
  'WBEM_E_INVALID_QUERY',
  'WBEM_E_INVALID_OBJECT_PATH',
]);

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return ExitCode.Usage;
  if (!(error instanceof WmisecError)) return ExitCode.Failure;
  if (error.hresult !== undefined && DENIED.has(error.hresult)) return ExitCode.AccessDenied;
  return error instanceof ParseError || UNREADABLE.has(error.code) ? ExitCode.Usage : ExitCode.Failure;
}

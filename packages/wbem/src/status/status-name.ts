import { ComStatus } from './com-status.ts';
import type { Hresult } from './hresult.ts';
import { MofStatus } from './mof-status.ts';
import { WbemStatus } from './wbem-status.ts';

const names = new Map<Hresult, string>();
for (const table of [WbemStatus, ComStatus, MofStatus]) {
  for (const [name, value] of Object.entries(table)) if (!names.has(value)) names.set(value, name);
}

/** The SDK symbol of a status, or `undefined` when it has none here. Zero is `WBEM_S_NO_ERROR`. */
export function statusName(hresult: Hresult): string | undefined {
  return names.get(hresult >>> 0);
}

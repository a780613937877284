import type { EnumOptions, GetOptions, PutOptions } from '@wmisec/wbem';
import { WbemChangeFlag, WbemFlag } from '../raw/constants.ts';

const CHANGES = {
  createOrUpdate: WbemChangeFlag.WBEM_FLAG_CREATE_OR_UPDATE,
  updateOnly: WbemChangeFlag.WBEM_FLAG_UPDATE_ONLY,
  createOnly: WbemChangeFlag.WBEM_FLAG_CREATE_ONLY,
} as const;

export function changeFlag({ mode = 'createOrUpdate' }: PutOptions): number {
  return CHANGES[mode];
}

export function amendedFlag({ amended = false }: GetOptions): number {
  return amended ? WbemFlag.WBEM_FLAG_USE_AMENDED_QUALIFIERS : 0;
}

export function depthFlag({ deep = true }: EnumOptions): number {
  return deep ? WbemFlag.WBEM_FLAG_DEEP : WbemFlag.WBEM_FLAG_SHALLOW;
}

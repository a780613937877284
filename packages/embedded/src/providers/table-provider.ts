import type { CimClass, EnumerateRequest, PropertyBag, Provider } from '@wmisec/wbem';
import { withParents } from './cim-schema.ts';

/** A provider of one class whose few rows are all read at once. */
export function tableProvider(
  name: string,
  cls: CimClass,
  readRows: (request: EnumerateRequest) => Promise<readonly PropertyBag[]>,
): Provider {
  return {
    name,
    classes: withParents(cls),
    async *enumerate(_className, request) {
      yield await readRows(request);
    },
  };
}

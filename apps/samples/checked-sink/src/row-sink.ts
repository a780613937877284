import {
  IWbemClassObject,
  IWbemObjectSink,
  type Native,
  NULL,
  type Ptr,
  serve,
  VARIANT,
  VarType,
  WbemStatusType,
} from '@wmisec/com-core';
import type { ApartmentScope } from '@wmisec/privileges';
import { ComStatus } from '@wmisec/wbem';
import { nativeText } from './native-text.ts';

/** What the sink sends to the thread that asked. */
export type SinkReport =
  | { readonly kind: 'row'; readonly text: string | null }
  | { readonly kind: 'status'; readonly hresult: number };

/**
 * The sink. Its handlers run on the apartment's thread, inside the call, and only for callers that the policy let in.
 * Addresses mean nothing after the call, so what they point to is read here.
 */
export default function rowSink({ native, post }: ApartmentScope, property: string) {
  const send = (report: SinkReport) => post(report);
  return serve(IWbemObjectSink, {
    Indicate(count, objects) {
      if (objects === NULL) return ComStatus.E_INVALIDARG;
      for (let i = 0; i < count; i++) {
        const object = native.memory.readPointer<'IWbemClassObject'>((objects + 8 * i) as Ptr);
        send({ kind: 'row', text: textOf(native, object, property) });
      }
      return undefined;
    },
    SetStatus(flags, hresult) {
      if (flags === WbemStatusType.WBEM_STATUS_COMPLETE) send({ kind: 'status', hresult });
      return undefined;
    },
  });
}

/** A property that holds text; null when it holds none. */
function textOf(native: Native, object: Ptr<'IWbemClassObject'>, property: string): string | null {
  using name = nativeText(native, property);
  using value = native.memory.alloc(VARIANT.size);
  native.bind(IWbemClassObject, object).Get(name.ptr, 0, value.ptr, NULL, NULL);
  const isText = value.view.getUint16(0, true) === VarType.VT_BSTR;
  const text = isText ? native.memory.readText(value.pointer<'BSTR'>(8)) : null;
  native.oleaut32.VariantClear(value.ptr);
  return text;
}

// What lives in the apartment of a checked sink: the object that COM calls.

import { Com, serveSink } from '@wmisec/com-core';
import type { ApartmentScope, HostedParts } from '@wmisec/privileges';
import type { CimObject, SinkStatus } from '@wmisec/wbem';

/** What the apartment passes on. */
export type Told =
  | { readonly kind: 'objects'; readonly objects: readonly CimObject[] }
  | { readonly kind: 'status'; readonly status: SinkStatus };

/** Only calls that the policy lets in come this far, so that nothing of the others is read. */
export default function apartmentSink({ native, post }: ApartmentScope): HostedParts {
  const com = new Com(native);
  com.use();
  const tell = (told: Told) => post(told);
  const interfaces = serveSink(com, {
    indicate: (objects) => tell({ kind: 'objects', objects }),
    setStatus: (status) => tell({ kind: 'status', status }),
  });
  return { interfaces, answer: () => com.leave() };
}

// The sink's own program, on a thread whose system has a proxy for sinks: that of the fixture, since Wine has none.
import { join } from 'node:path';
import { defineLibrary } from '@wmisec/com-core';
import type { ApartmentScope } from '@wmisec/privileges';
import apartmentSink from '../../src/native/apartment-sink-program.ts';

const library = defineLibrary(join(process.env['WMISEC_FIXTURES'] ?? '', 'wbem-fixture.dll'), {
  fixtureServeSinkMarshaller: ['DWORD'],
});

export default function marshalledSink(scope: ApartmentScope) {
  scope.native.library(library).fixtureServeSinkMarshaller();
  return apartmentSink(scope);
}

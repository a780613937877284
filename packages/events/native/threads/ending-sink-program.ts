// A thread that ends once its sink has been called.
import type { ApartmentScope } from '@wmisec/privileges';
import marshalledSink from './marshalled-sink-program.ts';

export default function endingSink(scope: ApartmentScope) {
  return marshalledSink({ ...scope, post: () => setImmediate(() => process.exit(1)) });
}

import type { CimObject } from '@wmisec/wbem';
import type { Row } from '../output/row-writer.ts';

/** An instance's properties, or what a list of classes shows of a class. */
export function objectRow(object: CimObject): Row {
  if (object.kind === 'instance') return object.properties;
  return {
    Class: object.className,
    Superclass: object.superclass,
    Properties: object.properties.length,
    Methods: object.methods.map((m) => m.name).join(' '),
  };
}

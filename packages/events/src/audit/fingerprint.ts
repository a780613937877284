import { createHash } from 'node:crypto';
import { foldName } from '@wmisec/wbem';
import { partReference } from '../subscriptions/part-reference.ts';
import type { Draft } from './finding.ts';

/** The hash that a baseline knows a finding by: 32 hexadecimal digits. */
export function fingerprint({ rule, namespace, subject, matter }: Draft): string {
  const subjectId = subject === null ? '' : (partReference(subject, namespace)?.id ?? foldName(subject));
  const text = JSON.stringify([rule, foldName(namespace), subjectId, matter]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

import type { Subscription } from '@wmisec/events';
import type { CimValue } from '@wmisec/wbem';
import type { Row } from '../../output/row-writer.ts';

export const COLUMNS = ['Name', 'State', 'Consumer', 'Action', 'Query', 'Creator', 'EventAccess'] as const;

/** A subscription in one line. */
export function subscriptionRow({ name, missing, filter, consumer, binding }: Subscription): Row {
  const creators = [filter, consumer, binding].flatMap((part) =>
    part === null ? [] : [part.creator ?? 'none'],
  );
  return {
    Name: name,
    State: missing.length === 0 ? 'complete' : `no ${missing.join(', no ')}`,
    Consumer: consumer?.className ?? null,
    Action: consumer === null ? null : actionOf(consumer.properties),
    Query: filter?.query ?? null,
    Creator: [...new Set(creators)].join(' '),
    EventAccess: filter === null ? null : (filter.eventAccess ?? 'everyone'),
  };
}

/** Properties that say what a standard consumer does, the first that is given. */
const TELLING = [
  'CommandLineTemplate',
  'ExecutablePath',
  'ScriptFileName',
  'ScriptText',
  'Filename',
  'SourceName',
  'ToLine',
];

function actionOf(properties: Readonly<Record<string, CimValue>>): CimValue {
  return (
    TELLING.map((name) => properties[name] ?? null).find((value) => value !== null && value !== '') ?? null
  );
}

import { decodeSid, parseSid, type Sid } from '@wmisec/access';
import type { CimInstance, CimValue } from '@wmisec/wbem';
import type { EventConsumer } from '../delivery/event-consumer.ts';
import type { EventLog } from '../event-log/event-log.ts';
import { eventValue } from '../event-value.ts';
import { escapeControls, expandTemplate, parseTemplate } from '../template.ts';
import { cannot } from './not-allowed.ts';
import { isThisMachine } from './this-machine.ts';

/** Writes into the event log of the service. @see docs/rules.md 9.15 */
export function ntEventLog(log: EventLog): EventConsumer {
  return async (event, { consumer }) => {
    const { properties } = consumer;
    if (!isThisMachine(properties['UNCServerName']))
      throw cannot('UNCServerName: expected this machine, whose log is the only one that can be written');
    await log.append({
      source: String(properties['SourceName'] ?? 'WinMgmt'),
      eventId: Number(properties['EventID']),
      type: Number(properties['EventType'] ?? 1),
      category: Number(properties['Category'] ?? 0),
      strings: insertionStrings(consumer, event),
      data: bytesOf(named(event, properties['NameOfRawDataProperty'])),
      user: sidOf(named(event, properties['NameOfUserSidProperty'])),
    });
  };
}

function insertionStrings({ properties }: CimInstance, event: CimInstance): string[] {
  const templates = properties['InsertionStringTemplates'];
  const count = Number(properties['NumberOfInsertionStrings'] ?? 0);
  return (Array.isArray(templates) ? templates : [])
    .slice(0, count)
    .map((template) => expandTemplate(parseTemplate(String(template ?? '')), event, escapeControls));
}

function named(event: CimInstance, name: CimValue | undefined): CimValue {
  return typeof name === 'string' && name !== '' ? eventValue(event, name.split('.')) : null;
}

function bytesOf(value: CimValue): number[] | null {
  if (typeof value === 'string') return [...Buffer.from(value, 'utf16le')];
  if (!Array.isArray(value)) return null;
  return value.every((each) => typeof each === 'number') ? value.map((each) => Number(each) & 0xff) : null;
}

/** What the event gives as a SID and is none names nobody. */
function sidOf(value: CimValue): Sid | null {
  try {
    if (typeof value === 'string') return parseSid(value);
    const bytes = Array.isArray(value) ? bytesOf(value) : null;
    return bytes === null ? null : decodeSid(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

import type { CimClass, PropertyBag } from '@wmisec/wbem';
import { invalidPart } from './invalid-part.ts';

/** `EVENTLOG_SUCCESS` to `EVENTLOG_AUDIT_FAILURE` of winnt.h. */
const EVENT_TYPES: readonly unknown[] = [0, 1, 2, 4, 8, 16];

const LONGEST_SCRIPTING_TIMEOUT = 71_000;

/** What the standard classes ask of their instances beyond types and `Not_Null`. */
const RULES: Readonly<Record<string, (row: PropertyBag) => void>> = {
  ActiveScriptEventConsumer: ({ ScriptText, ScriptFileName }) =>
    require(isGiven(ScriptText) !==
      isGiven(ScriptFileName), 'expected either ScriptText or ScriptFileName, got both or neither'),
  CommandLineEventConsumer: ({ CommandLineTemplate, ExecutablePath }) =>
    require(isGiven(CommandLineTemplate) ||
      isGiven(ExecutablePath), 'expected ExecutablePath or CommandLineTemplate, got neither'),
  LogFileEventConsumer: ({ Filename }) => require(isGiven(Filename), 'expected a Filename, got none'),
  NTEventLogEventConsumer: (row) => checkEventLogConsumer(row),
  SMTPEventConsumer: ({ SMTPServer, ToLine, CcLine, BccLine }) => {
    require(isGiven(SMTPServer), 'expected an SMTPServer, got none');
    require([ToLine, CcLine, BccLine].some(isGiven), 'expected ToLine, CcLine or BccLine, got none of them');
  },
  ScriptingStandardConsumerSetting: ({ Timeout }) =>
    require(Number(Timeout) <=
      LONGEST_SCRIPTING_TIMEOUT, `expected a Timeout from 0 to ${LONGEST_SCRIPTING_TIMEOUT} minutes, got ${String(Timeout)}`),
};

/**
 * What a standard consumer, or the setting of scripts, has to be to be stored.
 * @throws WbemError `WBEM_E_INVALID_PARAMETER`.
 * @see docs/rules.md 9.15
 */
export function checkConsumer(cls: CimClass, row: PropertyBag): void {
  for (const name of ruledNames(cls)) RULES[name]!(row);
}

/** Whether there is anything to check. */
export function hasConsumerRules(cls: CimClass): boolean {
  return ruledNames(cls).length > 0;
}

function ruledNames({ className, derivation }: CimClass): string[] {
  return [className, ...derivation].filter((name) => Object.hasOwn(RULES, name));
}

function checkEventLogConsumer(row: PropertyBag): void {
  const { SourceName, EventType, NumberOfInsertionStrings, InsertionStringTemplates } = row;
  require(!String(SourceName ?? '').includes(':'), 'SourceName: expected no colon, got one');
  require(EventType === null ||
    EVENT_TYPES.includes(EventType), `EventType: expected 0, 1, 2, 4, 8 or 16, got ${String(EventType)}`);
  const count = Array.isArray(InsertionStringTemplates) ? InsertionStringTemplates.length : 0;
  require(Number(NumberOfInsertionStrings) <=
    count, `NumberOfInsertionStrings: expected ${count} at most, got ${String(NumberOfInsertionStrings)}`);
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function require(holds: boolean, message: string): void {
  if (!holds) throw invalidPart(message);
}

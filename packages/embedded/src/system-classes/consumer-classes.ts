import { type CimClass, defineClass } from '@wmisec/wbem';
import { eventConsumerClass } from './event-classes.ts';

/** Its text is made of the event, as `parseTemplate` reads it. */
const template = { type: 'string', qualifiers: { Template: true } } as const;
const name = { type: 'string', key: true } as const;

const activeScript = defineClass({
  name: 'ActiveScriptEventConsumer',
  superclass: eventConsumerClass,
  properties: {
    Name: name,
    KillTimeout: { type: 'uint32', value: 0 },
    ScriptFileName: 'string',
    ScriptingEngine: { type: 'string', notNull: true },
    ScriptText: 'string',
  },
});

const commandLine = defineClass({
  name: 'CommandLineEventConsumer',
  superclass: eventConsumerClass,
  properties: {
    Name: name,
    CommandLineTemplate: template,
    CreateNewConsole: { type: 'boolean', value: false },
    CreateNewProcessGroup: { type: 'boolean', value: true },
    CreateSeparateWowVdm: { type: 'boolean', value: false },
    CreateSharedWowVdm: { type: 'boolean', value: false },
    DesktopName: 'string',
    ExecutablePath: 'string',
    FillAttribute: 'uint32',
    FillAttributes: 'uint32',
    ForceOffFeedback: { type: 'boolean', value: false },
    ForceOnFeedback: { type: 'boolean', value: false },
    KillTimeout: { type: 'uint32', value: 0 },
    Priority: { type: 'sint32', value: 0x20 },
    RunInteractively: { type: 'boolean', value: false },
    ShowWindowCommand: 'uint32',
    UseDefaultErrorMode: { type: 'boolean', value: false },
    WindowTitle: template,
    WorkingDirectory: 'string',
    XCoordinate: 'uint32',
    XNumCharacters: 'uint32',
    XSize: 'uint32',
    YCoordinate: 'uint32',
    YNumCharacters: 'uint32',
    YSize: 'uint32',
  },
});

const logFile = defineClass({
  name: 'LogFileEventConsumer',
  superclass: eventConsumerClass,
  properties: {
    Name: name,
    Filename: 'string',
    IsUnicode: 'boolean',
    MaximumFileSize: { type: 'uint64', value: 65_535n },
    Text: template,
  },
});

const ntEventLog = defineClass({
  name: 'NTEventLogEventConsumer',
  superclass: eventConsumerClass,
  properties: {
    Name: name,
    Category: 'uint16',
    EventID: { type: 'uint32', notNull: true },
    EventType: { type: 'uint32', value: 1 },
    InsertionStringTemplates: { type: 'string[]', value: [''], qualifiers: { Template: true } },
    NameOfRawDataProperty: 'string',
    NameOfUserSidProperty: 'string',
    NumberOfInsertionStrings: { type: 'uint32', value: 0 },
    SourceName: 'string',
    UNCServerName: 'string',
  },
});

const smtp = defineClass({
  name: 'SMTPEventConsumer',
  superclass: eventConsumerClass,
  properties: {
    Name: name,
    BccLine: template,
    CcLine: template,
    FromLine: template,
    HeaderFields: 'string[]',
    Message: template,
    ReplyToLine: template,
    SMTPServer: { type: 'string', notNull: true },
    Subject: template,
    ToLine: template,
  },
});

const setting = defineClass({
  name: 'CIM_Setting',
  qualifiers: { abstract: true },
  properties: { Caption: 'string', Description: 'string', SettingID: 'string' },
});

/** One for all scripts. @see docs/rules.md 9.15 */
export const scriptingSetting = defineClass({
  name: 'ScriptingStandardConsumerSetting',
  superclass: setting,
  qualifiers: { singleton: true },
  properties: {
    Caption: { type: 'string', value: 'Scripting Standard Consumer Setting' },
    Description: {
      type: 'string',
      value: 'Registration data common to all instances of the Scripting Standard Consumer',
    },
    MaximumScripts: { type: 'uint32', value: 300 },
    SettingID: { type: 'string', value: 'ScriptingStandardConsumerSetting' },
    Timeout: { type: 'uint32', value: 0, qualifiers: { Units: 'Minutes' } },
  },
});

/** Where the standard consumers are, and nowhere else. @see docs/rules.md 9.15 */
export const SUBSCRIPTION_NAMESPACE = 'root\\subscription';

/** The standard consumers and the setting of scripts. @see docs/rules.md 9.15 */
export const consumerClasses: readonly CimClass[] = [
  activeScript,
  commandLine,
  logFile,
  ntEventLog,
  smtp,
  setting,
  scriptingSetting,
];

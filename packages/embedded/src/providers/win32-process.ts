import { hostname } from 'node:os';
import {
  type CimValue,
  defineClass,
  type MethodResult,
  type PropertyBag,
  type Provider,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { cimProcess, withParents } from './cim-schema.ts';
import { dateTime } from './column-values.ts';
import { listedProcesses } from './processes/listed-processes.ts';
import { procFilesystem } from './processes/proc-filesystem.ts';
import type { ProcessFacts, ProcessSource } from './processes/process-facts.ts';

const PROVIDER = 'Processes';
const CLASS = 'Win32_Process';

/** What GetOwner returns for a process that has gone. @see MicrosoftDocs CIMWin32Prov, `GetOwner` */
const PATH_NOT_FOUND = 9;
const UNKNOWN_FAILURE = 8;

const win32Process = defineClass({
  name: CLASS,
  superclass: cimProcess,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    CommandLine: 'string',
    ExecutablePath: 'string',
    HandleCount: 'uint32',
    MaximumWorkingSetSize: 'uint32',
    MinimumWorkingSetSize: 'uint32',
    OtherOperationCount: 'uint64',
    OtherTransferCount: 'uint64',
    PageFaults: 'uint32',
    PageFileUsage: 'uint32',
    ParentProcessId: 'uint32',
    PeakPageFileUsage: 'uint32',
    PeakVirtualSize: 'uint64',
    PeakWorkingSetSize: 'uint32',
    PrivatePageCount: 'uint64',
    ProcessId: 'uint32',
    QuotaNonPagedPoolUsage: 'uint32',
    QuotaPagedPoolUsage: 'uint32',
    QuotaPeakNonPagedPoolUsage: 'uint32',
    QuotaPeakPagedPoolUsage: 'uint32',
    ReadOperationCount: 'uint64',
    ReadTransferCount: 'uint64',
    SessionId: 'uint32',
    ThreadCount: 'uint32',
    VirtualSize: 'uint64',
    WindowsVersion: 'string',
    WriteOperationCount: 'uint64',
    WriteTransferCount: 'uint64',
  },
  methods: {
    Create: {
      static: true,
      in: {
        CommandLine: 'string',
        CurrentDirectory: 'string',
        ProcessStartupInformation: 'object:Win32_ProcessStartup',
      },
      out: { ProcessId: 'uint32' },
      returns: 'uint32',
    },
    GetOwner: { out: { Domain: 'string', User: 'string' }, returns: 'uint32' },
    Terminate: { in: { Reason: 'uint32' }, returns: 'uint32' },
  },
});

/** Where each property comes from; those that are not here are null. */
const COLUMNS: Readonly<Record<string, (process: ProcessFacts) => CimValue>> = {
  Caption: (p) => p.name,
  CommandLine: (p) => p.commandLine,
  CreationClassName: () => CLASS,
  CreationDate: (p) => dateTime(p.started),
  CSCreationClassName: () => 'Win32_ComputerSystem',
  CSName: () => hostname(),
  Description: (p) => p.name,
  ExecutablePath: (p) => p.executablePath,
  Handle: (p) => String(p.pid),
  HandleCount: (p) => p.handles,
  KernelModeTime: (p) => p.kernelTime,
  Name: (p) => p.name,
  OSCreationClassName: () => 'Win32_OperatingSystem',
  PageFaults: (p) => p.pageFaults,
  ParentProcessId: (p) => p.parentPid,
  PeakWorkingSetSize: (p) => (p.peakWorkingSet === null ? null : Number(p.peakWorkingSet / 1024n)),
  Priority: (p) => p.priority,
  ProcessId: (p) => p.pid,
  ThreadCount: (p) => p.threads,
  UserModeTime: (p) => p.userTime,
  VirtualSize: (p) => p.virtualSize,
  WorkingSetSize: (p) => p.workingSet,
};

/**
 * The processes of this machine. Creating and ending processes is left to those who can impersonate their caller.
 * @see MicrosoftDocs CIMWin32Prov, Win32_Process
 */
export function processProvider(source: ProcessSource = sourceForPlatform()): Provider {
  return {
    name: PROVIDER,
    classes: withParents(win32Process),
    async *enumerate(_className, { properties }) {
      const columns = columnsFor(properties);
      for await (const processes of source.list()) yield processes.map((p) => rowOf(p, columns));
    },
    async getInstance(_className, { Handle }) {
      const process = await findProcess(source, Handle);
      return process === null ? null : rowOf(process, columnsFor(null));
    },
    async execMethod(_className, keys, method): Promise<MethodResult> {
      if (method === 'GetOwner') return getOwner(await findProcess(source, keys?.Handle));
      throw new WbemError(
        WbemStatus.WBEM_E_METHOD_NOT_IMPLEMENTED,
        `${CLASS}.${method} is not implemented by this service`,
      );
    },
  };
}

function sourceForPlatform(): ProcessSource {
  return process.platform === 'linux' ? procFilesystem() : listedProcesses();
}

async function findProcess(
  source: ProcessSource,
  handle: CimValue | undefined,
): Promise<ProcessFacts | null> {
  if (typeof handle !== 'string' || !/^(0|[1-9]\d{0,9})$/.test(handle)) return null;
  return source.find(Number(handle));
}

function getOwner(process: ProcessFacts | null): MethodResult {
  if (process === null) return { returnValue: PATH_NOT_FOUND, outParams: { Domain: null, User: null } };
  const User = process.ownerName;
  if (User === null) return { returnValue: UNKNOWN_FAILURE, outParams: { Domain: null, User } };
  return { returnValue: 0, outParams: { Domain: hostname(), User } };
}

type Columns = readonly (readonly [string, (process: ProcessFacts) => CimValue])[];

function columnsFor(properties: ReadonlySet<string> | null): Columns {
  return Object.entries(COLUMNS).filter(([name]) => properties === null || properties.has(name));
}

function rowOf(process: ProcessFacts, columns: Columns): PropertyBag {
  const row: Record<string, CimValue> = {};
  for (const [name, read] of columns) row[name] = read(process);
  return row;
}

import { type CimClass, type ClassSpec, defineClass } from '@wmisec/wbem';

function abstractClass(name: string, superclass: CimClass | null, properties: ClassSpec['properties'] = {}) {
  return defineClass({ name, superclass, properties, qualifiers: { abstract: true } });
}

/**
 * The classes of the CIM schema that the machine's classes derive from, with the members that these share.
 * @see MicrosoftDocs CIMWin32Prov; DMTF CIM schema 2.x
 */
const managedSystemElement = abstractClass('CIM_ManagedSystemElement', null, {
  Caption: 'string',
  Description: 'string',
  InstallDate: 'datetime',
  Name: 'string',
  Status: 'string',
});

const logicalElement = abstractClass('CIM_LogicalElement', managedSystemElement);

export const cimProcess = abstractClass('CIM_Process', logicalElement, {
  CreationClassName: 'string',
  CreationDate: 'datetime',
  CSCreationClassName: 'string',
  CSName: 'string',
  ExecutionState: 'uint16',
  Handle: { type: 'string', key: true },
  KernelModeTime: 'uint64',
  OSCreationClassName: 'string',
  OSName: 'string',
  Priority: 'uint32',
  TerminationDate: 'datetime',
  UserModeTime: 'uint64',
  WorkingSetSize: 'uint64',
});

export const cimOperatingSystem = abstractClass('CIM_OperatingSystem', logicalElement, {
  CreationClassName: 'string',
  CSCreationClassName: 'string',
  CSName: 'string',
  CurrentTimeZone: 'sint16',
  Distributed: 'boolean',
  FreePhysicalMemory: 'uint64',
  FreeSpaceInPagingFiles: 'uint64',
  FreeVirtualMemory: 'uint64',
  LastBootUpTime: 'datetime',
  LocalDateTime: 'datetime',
  MaxNumberOfProcesses: 'uint32',
  MaxProcessMemorySize: 'uint64',
  NumberOfLicensedUsers: 'uint32',
  NumberOfProcesses: 'uint32',
  NumberOfUsers: 'uint32',
  OSType: 'uint16',
  OtherTypeDescription: 'string',
  SizeStoredInPagingFiles: 'uint64',
  TotalSwapSpaceSize: 'uint64',
  TotalVirtualMemorySize: 'uint64',
  TotalVisibleMemorySize: 'uint64',
  Version: 'string',
});

const cimSystem = abstractClass('CIM_System', logicalElement, {
  CreationClassName: 'string',
  NameFormat: 'string',
  PrimaryOwnerContact: 'string',
  PrimaryOwnerName: 'string',
  Roles: 'string[]',
});

const cimComputerSystem = abstractClass('CIM_ComputerSystem', cimSystem);

export const unitaryComputerSystem = abstractClass('CIM_UnitaryComputerSystem', cimComputerSystem, {
  InitialLoadInfo: 'string[]',
  LastLoadInfo: 'string',
  PowerManagementCapabilities: 'uint16[]',
  PowerManagementSupported: 'boolean',
  PowerState: 'uint16',
  ResetCapability: 'uint16',
});

const logicalDevice = abstractClass('CIM_LogicalDevice', logicalElement, {
  Availability: 'uint16',
  ConfigManagerErrorCode: 'uint32',
  ConfigManagerUserConfig: 'boolean',
  CreationClassName: 'string',
  DeviceID: { type: 'string', key: true },
  ErrorCleared: 'boolean',
  ErrorDescription: 'string',
  LastErrorCode: 'uint32',
  PNPDeviceID: 'string',
  PowerManagementCapabilities: 'uint16[]',
  PowerManagementSupported: 'boolean',
  StatusInfo: 'uint16',
  SystemCreationClassName: 'string',
  SystemName: 'string',
});

const storageExtent = abstractClass('CIM_StorageExtent', logicalDevice, {
  Access: 'uint16',
  BlockSize: 'uint64',
  ErrorMethodology: 'string',
  NumberOfBlocks: 'uint64',
  Purpose: 'string',
});

export const cimLogicalDisk = abstractClass('CIM_LogicalDisk', storageExtent, {
  FreeSpace: 'uint64',
  Size: 'uint64',
});

export const cimNetworkAdapter = abstractClass('CIM_NetworkAdapter', logicalDevice, {
  AutoSense: 'boolean',
  MaxSpeed: 'uint64',
  NetworkAddresses: 'string[]',
  PermanentAddress: 'string',
  Speed: 'uint64',
});

export const cimService = abstractClass('CIM_Service', logicalElement, {
  CreationClassName: 'string',
  Started: 'boolean',
  StartMode: 'string',
  SystemCreationClassName: 'string',
  SystemName: 'string',
});

export const cimSetting = abstractClass('CIM_Setting', null, {
  Caption: 'string',
  Description: 'string',
  SettingID: 'string',
});

export const systemResource = abstractClass('CIM_SystemResource', logicalElement);

/** A class with all that it derives from, parents first: what a provider of that class brings. */
export function withParents(cls: CimClass): readonly CimClass[] {
  return [...cls.derivation.map((name) => parents.get(name)!).reverse(), cls];
}

const parents: ReadonlyMap<string, CimClass> = new Map(
  [
    managedSystemElement,
    logicalElement,
    cimProcess,
    cimOperatingSystem,
    cimSystem,
    cimComputerSystem,
    unitaryComputerSystem,
    logicalDevice,
    storageExtent,
    cimLogicalDisk,
    cimNetworkAdapter,
    cimService,
    cimSetting,
    systemResource,
  ].map((cls) => [cls.className, cls]),
);

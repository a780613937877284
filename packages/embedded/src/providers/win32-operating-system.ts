import { arch, freemem, hostname, release, totalmem, type, uptime, version } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import type { Clock } from '../service/clock.ts';
import { cimOperatingSystem } from './cim-schema.ts';
import { dateTime, kilobytes, textOrNull } from './column-values.ts';
import { loadSystemInformation } from './load-system-information.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'OperatingSystem';
const CLASS = 'Win32_OperatingSystem';

/** `OSType` of CIM_OperatingSystem, by what Node calls the system. */
const OS_TYPES: Readonly<Record<string, number>> = {
  Darwin: 2,
  Windows_NT: 18,
  SunOS: 30,
  Linux: 36,
  FreeBSD: 42,
};
const OTHER = 1;

const win32OperatingSystem = defineClass({
  name: CLASS,
  superclass: cimOperatingSystem,
  qualifiers: { dynamic: true, provider: PROVIDER, singleton: true },
  properties: {
    BootDevice: 'string',
    BuildNumber: 'string',
    BuildType: 'string',
    CodeSet: 'string',
    CountryCode: 'string',
    CSDVersion: 'string',
    DataExecutionPrevention_Available: 'boolean',
    DataExecutionPrevention_32BitApplications: 'boolean',
    DataExecutionPrevention_Drivers: 'boolean',
    DataExecutionPrevention_SupportPolicy: 'uint8',
    Debug: 'boolean',
    EncryptionLevel: 'uint32',
    ForegroundApplicationBoost: 'uint8',
    LargeSystemCache: 'uint32',
    Locale: 'string',
    Manufacturer: 'string',
    MUILanguages: 'string[]',
    OperatingSystemSKU: 'uint32',
    Organization: 'string',
    OSArchitecture: 'string',
    OSLanguage: 'uint32',
    OSProductSuite: 'uint32',
    PAEEnabled: 'boolean',
    PlusProductID: 'string',
    PlusVersionNumber: 'string',
    PortableOperatingSystem: 'boolean',
    Primary: 'boolean',
    ProductType: 'uint32',
    QuantumLength: 'uint8',
    QuantumType: 'uint8',
    RegisteredUser: 'string',
    SerialNumber: 'string',
    ServicePackMajorVersion: 'uint16',
    ServicePackMinorVersion: 'uint16',
    SuiteMask: 'uint32',
    SystemDevice: 'string',
    SystemDirectory: 'string',
    SystemDrive: 'string',
    WindowsDirectory: 'string',
  },
});

/** The operating system that runs here. @see MicrosoftDocs CIMWin32Prov, Win32_OperatingSystem */
export function operatingSystemProvider(clock: Clock): Provider {
  return tableProvider(PROVIDER, win32OperatingSystem, async () => [await readRow(clock)]);
}

async function readRow(clock: Clock): Promise<PropertyBag> {
  const { osInfo, mem } = await loadSystemInformation();
  const [os, memory] = await Promise.all([osInfo(), mem()]);
  const name = [os.distro, os.release].map(textOrNull).filter(Boolean).join(' ') || version();
  const now = clock.now();
  return {
    BuildNumber: textOrNull(os.build),
    Caption: name,
    CreationClassName: CLASS,
    CSCreationClassName: 'Win32_ComputerSystem',
    CSName: hostname(),
    CurrentTimeZone: -now.getTimezoneOffset(),
    Distributed: false,
    FreePhysicalMemory: kilobytes(freemem()),
    FreeSpaceInPagingFiles: kilobytes(memory.swapfree),
    FreeVirtualMemory: kilobytes(freemem() + memory.swapfree),
    LastBootUpTime: dateTime(new Date(Date.now() - uptime() * 1000)),
    LocalDateTime: dateTime(now),
    Name: name,
    OSArchitecture: /64|s390x/.test(arch()) ? '64-bit' : '32-bit',
    OSType: OS_TYPES[type()] ?? OTHER,
    Primary: true,
    SerialNumber: textOrNull(os.serial),
    SizeStoredInPagingFiles: kilobytes(memory.swaptotal),
    Status: 'OK',
    TotalVirtualMemorySize: kilobytes(totalmem() + memory.swaptotal),
    TotalVisibleMemorySize: kilobytes(totalmem()),
    Version: release(),
  };
}

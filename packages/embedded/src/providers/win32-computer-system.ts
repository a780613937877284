import { arch, cpus, hostname, totalmem, userInfo } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import { unitaryComputerSystem } from './cim-schema.ts';
import { textOrNull } from './column-values.ts';
import { loadSystemInformation } from './load-system-information.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'ComputerSystem';
const CLASS = 'Win32_ComputerSystem';

const win32ComputerSystem = defineClass({
  name: CLASS,
  superclass: unitaryComputerSystem,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    Name: { type: 'string', key: true },
    AdminPasswordStatus: 'uint16',
    AutomaticManagedPagefile: 'boolean',
    AutomaticResetBootOption: 'boolean',
    AutomaticResetCapability: 'boolean',
    BootOptionOnLimit: 'uint16',
    BootOptionOnWatchDog: 'uint16',
    BootROMSupported: 'boolean',
    BootStatus: 'uint16[]',
    BootupState: 'string',
    ChassisBootupState: 'uint16',
    ChassisSKUNumber: 'string',
    CurrentTimeZone: 'sint16',
    DaylightInEffect: 'boolean',
    DNSHostName: 'string',
    Domain: 'string',
    DomainRole: 'uint16',
    EnableDaylightSavingsTime: 'boolean',
    FrontPanelResetStatus: 'uint16',
    HypervisorPresent: 'boolean',
    InfraredSupported: 'boolean',
    KeyboardPasswordStatus: 'uint16',
    Manufacturer: 'string',
    Model: 'string',
    NetworkServerModeEnabled: 'boolean',
    NumberOfLogicalProcessors: 'uint32',
    NumberOfProcessors: 'uint32',
    OEMLogoBitmap: 'uint8[]',
    OEMStringArray: 'string[]',
    PartOfDomain: 'boolean',
    PauseAfterReset: 'sint64',
    PCSystemType: 'uint16',
    PCSystemTypeEx: 'uint16',
    PowerOnPasswordStatus: 'uint16',
    PowerSupplyState: 'uint16',
    ResetCount: 'sint16',
    ResetLimit: 'sint16',
    SupportContactDescription: 'string[]',
    SystemFamily: 'string',
    SystemSKUNumber: 'string',
    SystemStartupDelay: 'uint16',
    SystemStartupOptions: 'string[]',
    SystemStartupSetting: 'uint8',
    SystemType: 'string',
    ThermalState: 'uint16',
    TotalPhysicalMemory: 'uint64',
    UserName: 'string',
    WakeUpType: 'uint16',
    Workgroup: 'string',
  },
});

/** This computer. @see MicrosoftDocs CIMWin32Prov, Win32_ComputerSystem */
export function computerSystemProvider(): Provider {
  return tableProvider(PROVIDER, win32ComputerSystem, async () => [await readRow()]);
}

async function readRow(): Promise<PropertyBag> {
  const { cpu, system } = await loadSystemInformation();
  const [machine, processors] = await Promise.all([system(), cpu()]);
  return {
    Caption: hostname(),
    CreationClassName: CLASS,
    CurrentTimeZone: -new Date().getTimezoneOffset(),
    DNSHostName: hostname(),
    HypervisorPresent: machine.virtual,
    Manufacturer: textOrNull(machine.manufacturer),
    Model: textOrNull(machine.model),
    Name: hostname(),
    NumberOfLogicalProcessors: cpus().length,
    NumberOfProcessors: processors.processors || null,
    Status: 'OK',
    SystemSKUNumber: textOrNull(machine.sku),
    SystemType: arch() === 'x64' ? 'x64-based PC' : `${arch()}-based PC`,
    TotalPhysicalMemory: BigInt(totalmem()),
    UserName: userInfo().username,
  };
}

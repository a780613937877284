import { hostname } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import type { Systeminformation } from 'systeminformation';
import { cimNetworkAdapter } from './cim-schema.ts';
import { wholeOrNull } from './column-values.ts';
import { macAddress, readNetworkInterfaces } from './network-interfaces.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'NetworkAdapters';
const CLASS = 'Win32_NetworkAdapter';
const MEGABIT = 1_000_000;

/** `NetConnectionStatus`. */
const DISCONNECTED = 0;
const CONNECTED = 2;

/** `AdapterType` and `AdapterTypeID`, by kind of interface. */
const ADAPTER_TYPES: Readonly<Record<string, readonly [string, number]>> = {
  wired: ['Ethernet 802.3', 0],
  wireless: ['Wireless', 9],
};

const win32NetworkAdapter = defineClass({
  name: CLASS,
  superclass: cimNetworkAdapter,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    AdapterType: 'string',
    AdapterTypeID: 'uint16',
    GUID: 'string',
    Index: 'uint32',
    Installed: 'boolean',
    InterfaceIndex: 'uint32',
    MACAddress: 'string',
    Manufacturer: 'string',
    MaxNumberControlled: 'uint32',
    NetConnectionID: 'string',
    NetConnectionStatus: 'uint16',
    NetEnabled: 'boolean',
    PhysicalAdapter: 'boolean',
    ProductName: 'string',
    ServiceName: 'string',
    TimeOfLastReset: 'datetime',
  },
});

/** The network adapters of this machine. @see MicrosoftDocs CIMWin32Prov, Win32_NetworkAdapter */
export function networkAdapterProvider(): Provider {
  return tableProvider(PROVIDER, win32NetworkAdapter, async () => (await readNetworkInterfaces()).map(rowOf));
}

function rowOf(adapter: Systeminformation.NetworkInterfacesData, index: number): PropertyBag {
  const { iface, ifaceName, operstate, speed, type, virtual, internal } = adapter;
  const [AdapterType = null, AdapterTypeID = null] = ADAPTER_TYPES[type] ?? [];
  return {
    AdapterType,
    AdapterTypeID,
    Caption: ifaceName,
    CreationClassName: CLASS,
    Description: ifaceName,
    DeviceID: String(index),
    Index: index,
    Installed: true,
    MACAddress: macAddress(adapter),
    Name: ifaceName,
    NetConnectionID: iface,
    NetConnectionStatus: operstate === 'up' ? CONNECTED : operstate === 'down' ? DISCONNECTED : null,
    NetEnabled: operstate === 'unknown' ? null : operstate === 'up',
    PhysicalAdapter: !virtual && !internal,
    Speed: speed === null ? null : wholeOrNull(speed * MEGABIT),
    SystemCreationClassName: 'Win32_ComputerSystem',
    SystemName: hostname(),
  };
}

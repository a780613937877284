import { hostname } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import type { Systeminformation } from 'systeminformation';
import { cimSetting } from './cim-schema.ts';
import { count } from './column-values.ts';
import { loadSystemInformation } from './load-system-information.ts';
import { macAddress, readNetworkInterfaces } from './network-interfaces.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'NetworkAdapterConfigurations';

const win32NetworkAdapterConfiguration = defineClass({
  name: 'Win32_NetworkAdapterConfiguration',
  superclass: cimSetting,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    ArpAlwaysSourceRoute: 'boolean',
    ArpUseEtherSNAP: 'boolean',
    DatabasePath: 'string',
    DeadGWDetectEnabled: 'boolean',
    DefaultIPGateway: 'string[]',
    DefaultTOS: 'uint8',
    DefaultTTL: 'uint8',
    DHCPEnabled: 'boolean',
    DHCPLeaseExpires: 'datetime',
    DHCPLeaseObtained: 'datetime',
    DHCPServer: 'string',
    DNSDomain: 'string',
    DNSDomainSuffixSearchOrder: 'string[]',
    DNSEnabledForWINSResolution: 'boolean',
    DNSHostName: 'string',
    DNSServerSearchOrder: 'string[]',
    DomainDNSRegistrationEnabled: 'boolean',
    ForwardBufferMemory: 'uint32',
    FullDNSRegistrationEnabled: 'boolean',
    GatewayCostMetric: 'uint16[]',
    IGMPLevel: 'uint8',
    Index: { type: 'uint32', key: true },
    InterfaceIndex: 'uint32',
    IPAddress: 'string[]',
    IPConnectionMetric: 'uint32',
    IPEnabled: 'boolean',
    IPFilterSecurityEnabled: 'boolean',
    IPPortSecurityEnabled: 'boolean',
    IPSecPermitIPProtocols: 'string[]',
    IPSecPermitTCPPorts: 'string[]',
    IPSecPermitUDPPorts: 'string[]',
    IPSubnet: 'string[]',
    IPUseZeroBroadcast: 'boolean',
    IPXAddress: 'string',
    IPXEnabled: 'boolean',
    IPXFrameType: 'uint32[]',
    IPXMediaType: 'uint32',
    IPXNetworkNumber: 'string[]',
    IPXVirtualNetNumber: 'string',
    KeepAliveInterval: 'uint32',
    KeepAliveTime: 'uint32',
    MACAddress: 'string',
    MTU: 'uint32',
    NumForwardPackets: 'uint32',
    PMTUBHDetectEnabled: 'boolean',
    PMTUDiscoveryEnabled: 'boolean',
    ServiceName: 'string',
    TcpipNetbiosOptions: 'uint32',
    TcpMaxConnectRetransmissions: 'uint32',
    TcpMaxDataRetransmissions: 'uint32',
    TcpNumConnections: 'uint32',
    TcpUseRFC1122UrgentPointer: 'boolean',
    TcpWindowSize: 'uint16',
    WINSEnableLMHostsLookup: 'boolean',
    WINSHostLookupFile: 'string',
    WINSPrimaryServer: 'string',
    WINSScopeID: 'string',
    WINSSecondaryServer: 'string',
  },
});

/** How the network adapters are configured. @see MicrosoftDocs CIMWin32Prov, Win32_NetworkAdapterConfiguration */
export function networkAdapterConfigurationProvider(): Provider {
  return tableProvider(PROVIDER, win32NetworkAdapterConfiguration, async () => {
    const { networkGatewayDefault } = await loadSystemInformation();
    const [interfaces, gateway] = await Promise.all([readNetworkInterfaces(), networkGatewayDefault()]);
    return interfaces.map((adapter, index) => rowOf(adapter, index, gateway));
  });
}

function rowOf(
  adapter: Systeminformation.NetworkInterfacesData,
  index: number,
  gateway: string,
): PropertyBag {
  const { ifaceName, ip4, ip4subnet, ip6, ip6subnet, dhcp, mtu } = adapter;
  const addresses = [ip4, ip6].filter((ip) => ip !== '');
  return {
    Caption: ifaceName,
    DefaultIPGateway: adapter.default && gateway !== '' ? [gateway] : null,
    Description: ifaceName,
    DHCPEnabled: dhcp,
    DNSHostName: addresses.length > 0 ? hostname() : null,
    Index: index,
    IPAddress: addresses.length > 0 ? addresses : null,
    IPEnabled: addresses.length > 0,
    IPSubnet: addresses.length > 0 ? [ip4subnet, ip6subnet].filter((subnet) => subnet !== '') : null,
    MACAddress: macAddress(adapter),
    MTU: count(mtu),
    SettingID: adapter.iface,
  };
}

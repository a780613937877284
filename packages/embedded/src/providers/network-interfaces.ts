import type { Systeminformation } from 'systeminformation';
import { loadSystemInformation } from './load-system-information.ts';

/** The network interfaces of this machine, in an order that gives each its index. */
export async function readNetworkInterfaces(): Promise<Systeminformation.NetworkInterfacesData[]> {
  const { networkInterfaces } = await loadSystemInformation();
  const found = await networkInterfaces();
  return Array.isArray(found) ? found : [found];
}

/** As WMI writes it, in capitals; null for none. */
export function macAddress({ mac }: Systeminformation.NetworkInterfacesData): string | null {
  return mac === '' || mac === '00:00:00:00:00:00' ? null : mac.toUpperCase();
}

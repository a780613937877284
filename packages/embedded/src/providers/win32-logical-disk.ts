import { hostname } from 'node:os';
import { defineClass, type PropertyBag, type Provider } from '@wmisec/wbem';
import type { Systeminformation } from 'systeminformation';
import { cimLogicalDisk } from './cim-schema.ts';
import { textOrNull, wholeOrNull } from './column-values.ts';
import { loadSystemInformation } from './load-system-information.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'LogicalDisks';
const CLASS = 'Win32_LogicalDisk';

/** `Access` of CIM_StorageExtent. */
const READABLE = 1;
const READ_WRITE = 3;
/** `DriveType`: whether a network stands between. */
const NETWORK_DRIVE = 4;
const LOCAL_DISK = 3;
const NETWORK_FILE_SYSTEM = /^(nfs|cifs|smb|afp|sshfs|fuse\.sshfs|9p)/i;

const win32LogicalDisk = defineClass({
  name: CLASS,
  superclass: cimLogicalDisk,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    Compressed: 'boolean',
    DriveType: 'uint32',
    FileSystem: 'string',
    MaximumComponentLength: 'uint32',
    MediaType: 'uint32',
    ProviderName: 'string',
    QuotasDisabled: 'boolean',
    QuotasIncomplete: 'boolean',
    QuotasRebuilding: 'boolean',
    SupportsDiskQuotas: 'boolean',
    SupportsFileBasedCompression: 'boolean',
    VolumeDirty: 'boolean',
    VolumeName: 'string',
    VolumeSerialNumber: 'string',
  },
});

/**
 * The mounted file systems. `DeviceID` is the mount point, as the drive letter is on Windows.
 * @see MicrosoftDocs CIMWin32Prov, Win32_LogicalDisk
 */
export function logicalDiskProvider(): Provider {
  return tableProvider(PROVIDER, win32LogicalDisk, async () => {
    const { fsSize } = await loadSystemInformation();
    return (await fsSize()).map(rowOf);
  });
}

function rowOf({ mount, fs, type, size, available, rw }: Systeminformation.FsSizeData): PropertyBag {
  const isNetwork = NETWORK_FILE_SYSTEM.test(type);
  return {
    Access: rw === null ? null : rw ? READ_WRITE : READABLE,
    Caption: mount,
    CreationClassName: CLASS,
    DeviceID: mount,
    DriveType: isNetwork ? NETWORK_DRIVE : LOCAL_DISK,
    FileSystem: textOrNull(type),
    FreeSpace: wholeOrNull(available),
    Name: mount,
    ProviderName: isNetwork ? fs : null,
    Size: wholeOrNull(size),
    SystemCreationClassName: 'Win32_ComputerSystem',
    SystemName: hostname(),
  };
}

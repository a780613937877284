import { Apartment, openNative } from '@wmisec/com-core';
import { WmisecError } from '@wmisec/wbem';
import { letMachineIn } from './let-machine-in.ts';
import { receiveRows } from './receive-rows.ts';

const [machine] = process.argv.slice(2);

if (process.platform !== 'win32') console.log('checked-sink needs Windows: nothing else delivers COM calls');
else if (machine === undefined) console.log('which machine? npm start -- DOMAIN\\MACHINE');
else await showServices(machine).catch(report);

async function showServices(machine: string): Promise<void> {
  const native = openNative();
  using _com = new Apartment(native);
  using _security = letMachineIn(native, machine);
  await receiveRows({
    namespace: `\\\\${machine.split('\\').at(-1)}\\root\\cimv2`,
    query: 'SELECT Name FROM Win32_Service',
    expected: { kind: 'machine', machine },
    onRow: (row) => console.log(row['Name']),
    onRefused: (reason) => console.error(`refused: ${reason}`),
    signal: AbortSignal.timeout(60_000),
  });
}

function report(error: unknown): void {
  if (!(error instanceof WmisecError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}

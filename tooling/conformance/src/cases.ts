import { decodeSecurityDescriptor } from '@wmisec/access';
import type { Connection } from '@wmisec/auth';
import type { PropertyBag } from '@wmisec/wbem';
import { expect } from 'vitest';

export type TransportName = 'embedded' | 'native';

/** One behaviour of the contract that every transport shows on a connection to `root\cimv2`. */
export interface ConformanceCase {
  readonly title: string;
  readonly run: (connection: Connection) => Promise<void>;
  /** Why a transport cannot show it here; such a case is listed by name and not run. */
  readonly notOn?: Partial<Readonly<Record<TransportName, string>>>;
}

async function rowsOf(connection: Connection, wql: string): Promise<PropertyBag[]> {
  const rows: PropertyBag[] = [];
  for await (const row of connection.query(wql, { batch: 16 })) rows.push(row);
  return rows;
}

async function findsThisProcess(connection: Connection, where: string): Promise<void> {
  const rows = await rowsOf(connection, `SELECT Handle FROM Win32_Process WHERE ${where}`);
  expect(rows).toContainEqual({ Handle: String(process.pid) });
}

const WINE_CLASSES = "Wine answers an unknown class with no rows; the fixture of com-core shows Windows' way";

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'a query with WHERE gives the one row that it names',
    run: async (connection) => {
      const rows = await rowsOf(
        connection,
        `SELECT Handle, Name FROM Win32_Process WHERE ProcessId = ${process.pid}`,
      );
      expect(rows).toEqual([{ Handle: String(process.pid), Name: expect.stringMatching(/node/i) }]);
    },
  },
  {
    title: 'rows have the columns of the query and no others',
    run: async (connection) => {
      const [row] = await rowsOf(connection, 'SELECT Name FROM Win32_Process');
      expect(Object.keys(row!)).toEqual(['Name']);
    },
  },
  {
    title: 'LIKE finds by pattern',
    run: (connection) => findsThisProcess(connection, "Name LIKE 'node%'"),
  },
  {
    title: 'LIKE does not mind case, and _ is any one character',
    notOn: { native: "Wine's LIKE minds case and knows % alone" },
    run: (connection) => findsThisProcess(connection, "Name LIKE 'N_DE%'"),
  },
  {
    title: 'a class that is enumerated gives the same process',
    run: async (connection) => {
      const handles: unknown[] = [];
      for await (const { properties } of await connection.services.createInstanceEnum('Win32_Process')) {
        handles.push(properties['Handle']);
      }
      expect(handles).toContain(String(process.pid));
    },
  },
  {
    title: 'an object is read by its path',
    run: async (connection) => {
      const object = await connection.services.getObject(`Win32_Process.Handle="${process.pid}"`);
      expect(object).toMatchObject({ kind: 'instance', properties: { Handle: String(process.pid) } });
    },
  },
  {
    title: '64-bit values are bigints and date-times have their own type',
    run: async (connection) => {
      const [row] = await rowsOf(
        connection,
        'SELECT TotalVisibleMemorySize, LastBootUpTime FROM Win32_OperatingSystem',
      );
      expect(typeof row!['TotalVisibleMemorySize']).toBe('bigint');
      expect(row!['LastBootUpTime']).toMatchObject({ kind: 'datetime' });
    },
  },
  {
    title: 'GetSD gives a descriptor that decodes, with a DACL',
    notOn: { native: 'Wine wants the path without =@; the native tests of com-core show the call' },
    run: async (connection) => {
      const { returnValue, outParams } = await connection.services.execMethod('__SystemSecurity=@', 'GetSD');
      expect(returnValue).toBe(0);
      expect(decodeSecurityDescriptor(Uint8Array.from(outParams['SD'] as number[])).dacl.kind).toBe('list');
    },
  },
  {
    title: 'a query that cannot be read is WBEM_E_INVALID_QUERY',
    run: async (connection) => {
      await expect(rowsOf(connection, 'SELECT FROM WHERE')).rejects.toMatchObject({
        code: 'WBEM_E_INVALID_QUERY',
      });
    },
  },
  {
    title: 'an unknown class is WBEM_E_INVALID_CLASS',
    notOn: { native: WINE_CLASSES },
    run: async (connection) => {
      await expect(rowsOf(connection, 'SELECT * FROM No_Such_Class')).rejects.toMatchObject({
        code: 'WBEM_E_INVALID_CLASS',
      });
    },
  },
  {
    title: 'a call whose signal is aborted ends with WBEM_E_CALL_CANCELLED',
    run: async ({ services }) => {
      const signal = AbortSignal.abort();
      await expect(services.execQuery('SELECT Name FROM Win32_Process', { signal })).rejects.toMatchObject({
        code: 'WBEM_E_CALL_CANCELLED',
      });
    },
  },
  {
    title: 'an enumerator that is left early is released',
    run: async (connection) => {
      for await (const _ of connection.query('SELECT Name FROM Win32_Process', { batch: 1 })) break;
      expect(connection.security().map(({ proxyKind }) => proxyKind)).toEqual(['services']);
    },
  },
];

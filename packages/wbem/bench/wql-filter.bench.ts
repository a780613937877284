import { type CimInstance, CimType, compileCondition, parseDateTime, parseWql } from '../src/index.ts';

const ROWS = 10_000;
const ROUNDS = 50;

const names = ['Handle', 'Name', 'WorkingSetSize', 'ThreadCount', 'Terminated', 'CreationDate'];
const shape = {
  className: 'Win32_Process',
  derivation: ['CIM_Process', 'CIM_LogicalElement'],
  properties: names.map((name) => ({ name, type: CimType.String, isArray: false, isKey: name === 'Handle' })),
};

const rows = Array.from(
  { length: ROWS },
  (_, i): CimInstance => ({
    kind: 'instance',
    shape,
    path: null,
    properties: {
      Handle: String(i),
      Name: i % 7 === 0 ? `svchost-${i}.exe` : `Program ${i}.exe`,
      WorkingSetSize: BigInt(i) * 4096n,
      ThreadCount: i % 50,
      Terminated: i % 2 === 0,
      CreationDate: parseDateTime(`202603011000${String(i % 60).padStart(2, '0')}.000000+060`),
    },
  }),
);

/** The same tests in plain JavaScript, without WQL's rules: what a filter costs at the least. */
const byHand: Readonly<Record<string, (row: CimInstance) => boolean>> = {
  'ThreadCount > 20': ({ properties: p }) => (p.ThreadCount as number) > 20,
  'Name = "program 5.exe"': ({ properties: p }) => (p.Name as string).toLowerCase() === 'program 5.exe',
  'Name LIKE "%host-[0-9]%.exe"': ({ properties: p }) => /^.*host-[0-9].*\.exe$/is.test(p.Name as string),
  'WorkingSetSize >= 20480000 AND Terminated = FALSE': ({ properties: p }) =>
    (p.WorkingSetSize as bigint) >= 20_480_000n && p.Terminated === false,
  'CreationDate < "20260301090030.000000+000"': ({ properties: p }) => {
    const d = p.CreationDate as ReturnType<typeof parseDateTime> & { kind: 'datetime' };
    return (
      Date.UTC(d.year!, d.month! - 1, d.day!, d.hour!, d.minute! - d.utcOffset!, d.second!) <
      1_772_355_630_000
    );
  },
};

for (const [where, reference] of Object.entries(byHand)) {
  const query = parseWql(`SELECT * FROM Win32_Process WHERE ${where}`);
  if (query.kind !== 'select' || query.where === null) continue;
  const compiled = compileCondition(query.where);
  if (rows.filter(compiled).length !== rows.filter(reference).length) throw new Error(`${where} disagrees`);
  const [wql, hand] = [median(compiled), median(reference)];
  console.log(
    `${where}: ${ROWS} rows in ${wql.toFixed(2)} ms, ${(wql / hand).toFixed(1)} times JavaScript by hand`,
  );
}

function median(test: (row: CimInstance) => boolean): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    rows.filter(test);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

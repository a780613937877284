import { connect } from '@wmisec/auth';
import { expect, test } from 'vitest';
import { createService } from './create-service.ts';

test("the owner reads this machine's processes through a proven connection", async () => {
  await using service = await createService();
  await using connection = await connect('root\\cimv2', { transport: service.transport() });
  const rows: unknown[] = [];
  for await (const row of connection.query('SELECT Name, ProcessId FROM Win32_Process')) rows.push(row);
  expect(rows).toContainEqual({ Name: expect.stringContaining('node'), ProcessId: process.pid });
  expect(connection.security()).toMatchObject([
    { proxyKind: 'services', inForce: { authnLevel: 6, impLevel: 3 } },
  ]);
});

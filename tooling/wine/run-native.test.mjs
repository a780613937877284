import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { here, LEFT_OUT } from './config.mjs';
import { nativeAvailability } from './run-native.mjs';

test('the native tests are counted in their sources', () => {
  const { tests, files, message } = nativeAvailability();
  expect(tests).toBeGreaterThan(10);
  expect(files).toBeGreaterThan(3);
  expect(message).toContain(`${tests} tests in ${files} files`);
});

test.skipIf(process.platform === 'win32')(
  'without Wine one line says what is left out and how to run it',
  async () => {
    const path = mkdtempSync(join(tmpdir(), 'wmisec-path-'));
    symlinkSync(process.execPath, join(path, 'node'));
    const options = { env: { PATH: path } };
    const { code, stderr } = await new Promise((done) => {
      execFile(process.execPath, [join(here, 'run-native.mjs')], options, (error, _stdout, stderr) =>
        done({ code: error?.code ?? 0, stderr }),
      );
    });
    rmSync(path, { recursive: true });
    expect(code).toBe(LEFT_OUT);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^native tests left out: \d+ tests in \d+ files; to run them: .*setup\.mjs/);
  },
);

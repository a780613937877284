import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, passwordFromStdin, passwordIdentity, readPasswordIdentity } from '../src/index.ts';
import { type Fixture, installFixture } from './fixture.ts';

const REMOTE = '\\\\srv\\root\\cimv2';
const MASK = 0xa5;

let fixture: Fixture;
beforeEach(() => {
  fixture = installFixture();
  fixture.turn('hidePasswords', 1);
});
afterEach(() => {
  fixture[Symbol.dispose]();
});

/** A random password of 24 letters that stands masked in memory until it is made. */
function maskedPassword() {
  const letters = Uint8Array.from({ length: 24 }, () => randomInt(97, 123) ^ MASK);
  const wide = Uint8Array.from({ length: 48 }, (_, i) => (i % 2 === 0 ? letters[i / 2]! : MASK));
  const unmasked = (bytes: Uint8Array) => {
    const plain = new Uint8Array(new ArrayBuffer(bytes.length));
    for (const [i, byte] of bytes.entries()) plain[i] = byte ^ MASK;
    return plain;
  };
  return {
    utf16: () => unmasked(wide),
    utf8: () => unmasked(letters),
    /** How often it stands in memory, as UTF-16 and as single bytes. */
    count: () => fixture.countInMemory(wide, MASK) + fixture.countInMemory(letters, MASK),
  };
}

test('the scan of memory finds what is there', () => {
  const password = maskedPassword();
  expect(password.count()).toBe(0);
  const held = password.utf16();
  expect(password.count()).toBeGreaterThan(0);
  held.fill(0);
  expect(password.count()).toBe(0);
});

test('AC-2.6 credentials live as long as the last proxy that uses them, and are then nowhere in memory', async () => {
  const password = maskedPassword();
  const identity = passwordIdentity({ user: 'LAB\\alice', password: password.utf16() });
  const connection = await connect(REMOTE, { identity });
  const rows = await connection.services.execQuery('SELECT * FROM X');
  identity.dispose();
  await connection[Symbol.asyncDispose]();
  expect(password.count()).toBeGreaterThan(0);
  await rows.next(1);
  expect(fixture.takeJournal().at(-1)).toBe('enumerator Next as LAB\\alice level 0x6 impersonation 0x3');
  await rows[Symbol.asyncDispose]();
  expect(fixture.takeJournal().at(-1)).toBe('enumerator released as LAB\\alice level 0x6');
  expect(password.count()).toBe(0);
});

test('a connection that fails leaves no credentials in memory', async () => {
  const password = maskedPassword();
  const identity = passwordIdentity({ user: 'LAB\\alice', password: password.utf16() });
  fixture.turn('connect.result', 0x80070005);
  await expect(connect(REMOTE, { identity })).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  fixture.turn('connect.result', 0);
  fixture.turn('services.level', 2);
  await expect(connect(REMOTE, { identity })).rejects.toMatchObject({ code: 'BLANKET_TOO_WEAK' });
  identity.dispose();
  expect(password.count()).toBe(0);
});

test.each([
  ['a callback', (bytes: () => Uint8Array) => async () => bytes()],
  ['standard input', (_: unknown, utf8: () => Uint8Array) => () => passwordFromStdin(once(utf8))],
])('a password from %s is nowhere in memory after disposal', { repeats: 10 }, async (_, read) => {
  const password = maskedPassword();
  const identity = await readPasswordIdentity({
    user: 'LAB\\alice',
    password: read(password.utf16, password.utf8),
  });
  const connection = await connect(REMOTE, { identity });
  await connection.services.deleteInstance('X=1');
  makeGarbage();
  await connection[Symbol.asyncDispose]();
  identity.dispose();
  expect(password.count()).toBe(0);
});

/** Lets the collector run, which moves what it can move. */
function makeGarbage(): void {
  const kept: number[][] = [];
  for (let i = 0; i < 500_000; i++) kept[i % 1000] = [i, i, i, i];
}

async function* once(bytes: () => Uint8Array) {
  yield bytes();
}

import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readPassword } from './read-password.ts';

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

test.each([
  ['secret\n', 'secret'],
  ['secret\r\nmore\n', 'secret'],
  ['secret', 'secret'],
  [' pässwörd 🔑 \n', ' pässwörd 🔑 '],
])('%j is the password %j', async (text, password) => {
  expect(await readPassword(Readable.from([Buffer.from(text)]))).toEqual(utf16(password));
});

test('a line may come in parts, and what was read is wiped', async () => {
  const parts = ['sec', 'ret\nmo', 're'].map((text) => Buffer.from(Buffer.from(text)));
  expect(await readPassword(Readable.from(parts))).toEqual(utf16('secret'));
  expect(parts.slice(0, 2).every((part) => part.every((byte) => byte === 0))).toBe(true);
});

test.each([
  ['nothing', []],
  ['an empty line', [Buffer.from('\nsecret\n')]],
  ['bytes that are no UTF-8', [Buffer.from([0x73, 0xff, 0x0a])]],
  ['a line that is too long', [Buffer.alloc(1025, 0x61)]],
  ['a line that never ends', [Buffer.alloc(1000, 0x61), Buffer.alloc(1000, 0x61)]],
])('%s is refused, and nothing of it shows', async (_, chunks) => {
  await expect(readPassword(Readable.from(chunks))).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    message: expect.stringMatching(
      /^--password-stdin: expected a line of [^"]* with the password on stdin$/i,
    ),
  });
});

import { expect, test } from 'vitest';
import { passwordFromStdin } from './password-from-stdin.ts';
import { readPasswordIdentity } from './read-password-identity.ts';

const read = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf16le');

async function* chunks(...texts: (string | Uint8Array)[]) {
  for (const text of texts) yield typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

test.each(['given at once', 'promised'])(
  'the bytes of a callback, %s, are taken over and wiped',
  async (how) => {
    const given = Buffer.from('correct horse', 'utf16le');
    const password = () => (how === 'promised' ? Promise.resolve(given) : given);
    using identity = await readPasswordIdentity({ user: 'CORP\\ann', password });
    expect(identity).toMatchObject({ user: 'ann', domain: 'CORP' });
    expect(identity.withPassword(read)).toBe('correct horse');
    expect(given.every((byte) => byte === 0)).toBe(true);
  },
);

test('a callback that fails, or gives a string, makes no identity', async () => {
  const failing = readPasswordIdentity({ user: 'ann', password: () => Promise.reject(new Error('no tty')) });
  await expect(failing).rejects.toThrow('no tty');
  const text = readPasswordIdentity({ user: 'ann', password: () => 'correct horse' as never });
  await expect(text).rejects.toMatchObject({
    code: 'E_INVALIDARG',
    message: expect.not.stringContaining('horse'),
  });
});

test.each([
  ['one line', ['correct horse\n']],
  ['a line of Windows', ['correct horse\r\n']],
  ['no end of line', ['correct horse']],
  ['pieces', ['corr', 'ect hor', 'se\nbattery']],
])('standard input: %s', async (_, texts) => {
  expect(read(await passwordFromStdin(chunks(...texts)))).toBe('correct horse');
});

test('standard input: letters beyond ASCII, split inside a letter', async () => {
  const bytes = new TextEncoder().encode('pässwörd\u{1f511}\n');
  const input = chunks(bytes.slice(0, 2), bytes.slice(2));
  expect(read(await passwordFromStdin(input))).toBe('pässwörd\u{1f511}');
});

test('standard input: nothing is an empty password', async () => {
  expect(await passwordFromStdin(chunks('\n'))).toHaveLength(0);
  expect(await passwordFromStdin(chunks())).toHaveLength(0);
});

test('what was read from standard input is wiped', async () => {
  const chunk = new TextEncoder().encode('correct horse\n');
  await passwordFromStdin(chunks(chunk));
  expect(chunk.every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['too long a line', chunks('x'.repeat(4097))],
  ['a line without an end', chunks(...Array.from({ length: 9 }, () => 'x'.repeat(1000)))],
  ['bytes that are not UTF-8', chunks(Uint8Array.of(0xff, 0xfe, 0x0a))],
])('standard input: %s is refused', async (_, input) => {
  await expect(passwordFromStdin(input)).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});

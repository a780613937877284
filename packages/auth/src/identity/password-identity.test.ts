import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { passwordIdentity } from './password-identity.ts';

const PASSWORD = 'correct horse';

test('a user is split from its domain', () => {
  expect(passwordIdentity({ user: 'CORP\\ann', password: '' })).toMatchObject({
    user: 'ann',
    domain: 'CORP',
  });
  expect(passwordIdentity({ user: 'ann@corp.local', password: '' })).toMatchObject({
    user: 'ann@corp.local',
    domain: null,
  });
});

test('the password is lent as UTF-16LE', () => {
  using identity = passwordIdentity({ user: 'ann', password: PASSWORD });
  expect(identity.withPassword((bytes) => Buffer.from(bytes).toString('utf16le'))).toBe(PASSWORD);
});

test('an identity prints as [secret] in every way', () => {
  using identity = passwordIdentity({ user: 'ann', password: PASSWORD });
  for (const text of [
    String(identity),
    inspect(identity),
    inspect({ identity }, { depth: 9, showHidden: true }),
    JSON.stringify(identity),
  ]) {
    expect(text).toContain('[secret]');
    expect(text).not.toContain(PASSWORD);
  }
});

test('bytes given are wiped at once, and the copy on disposal (AC-2.6)', () => {
  const given = Buffer.from(PASSWORD, 'utf16le');
  const identity = passwordIdentity({ user: 'ann', password: given });
  expect(given.every((byte) => byte === 0)).toBe(true);
  const lent = identity.withPassword((bytes) => bytes);
  identity.dispose();
  identity.dispose();
  expect(lent.every((byte) => byte === 0)).toBe(true);
  expect(() => identity.withPassword(() => null)).toThrow(expect.objectContaining({ code: 'E_INVALIDARG' }));
});

test.each(['', 'CORP\\', 'ann\0', 'CORP\n\\ann'])('a user name of %j is refused', (user) => {
  expect(() => passwordIdentity({ user, password: 'x' })).toThrow(
    expect.objectContaining({ code: 'E_INVALIDARG' }),
  );
});

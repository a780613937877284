import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sid } from '../sid/sid.ts';
import { IntegrityLevel, type Token } from '../token/token.ts';
import {
  arbitraryDescriptor,
  arbitraryDesired,
  arbitraryOptions,
  arbitraryToken,
} from './arbitrary-check.ts';
import { checkAccess, checkPrepared } from './check-access.ts';
import { explainAccess } from './explain-access.ts';
import { formatExplanation } from './format-explanation.ts';
import { prepareDescriptor } from './prepare-descriptor.ts';
import { prepareToken } from './prepare-token.ts';
import { allow, EVERYONE, MAXIMUM_ALLOWED } from './testing.ts';

const ANN: Sid = 'S-1-5-21-1-2-3-2000';
const inputs = [arbitraryDescriptor, arbitraryToken, arbitraryDesired, arbitraryOptions] as const;

test('a prepared check, a plain one and an explained one agree', () => {
  fc.assert(
    fc.property(...inputs, (descriptor, token, desired, options) => {
      const plain = checkAccess(descriptor, token, desired, options);
      const [sd, caller] = [prepareDescriptor(descriptor, options), prepareToken(token)];
      expect(checkPrepared(sd, caller, desired)).toEqual(plain);
      expect(checkPrepared(sd, caller, desired)).toEqual(plain);
      const explained = explainAccess(descriptor, token, desired, options);
      expect(explained).toMatchObject(plain);
      expect(formatExplanation(explained)).toMatch(plain.granted ? /^GRANTED/ : /^DENIED/);
    }),
    { numRuns: 2000 },
  );
});

test('a grant gives all that was named and nothing that was not', () => {
  fc.assert(
    fc.property(...inputs, (descriptor, token, desired, options) => {
      const { granted, mask } = checkAccess(descriptor, token, desired, options);
      const named = desired & ~MAXIMUM_ALLOWED;
      if (!granted) expect(mask).toBe(0);
      else if (named === desired) expect(mask).toBe(desired);
      else expect(mask & named).toBe(named);
    }),
    { numRuns: 1000 },
  );
});

test('what MAXIMUM_ALLOWED gives is granted when asked for by name', () => {
  fc.assert(
    fc.property(arbitraryDescriptor, arbitraryToken, arbitraryOptions, (descriptor, token, options) => {
      const { granted, mask } = checkAccess(descriptor, token, MAXIMUM_ALLOWED, options);
      const named = mask & 0x0fffffff;
      if (granted && named !== 0) expect(checkAccess(descriptor, token, named, options).granted).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('an entry that allows, put at the end, takes nothing away', () => {
  fc.assert(
    fc.property(...inputs, (descriptor, token, desired, options) => {
      if (descriptor.dacl.kind !== 'list') return;
      const dacl = { ...descriptor.dacl, aces: [...descriptor.dacl.aces, allow(0xff, EVERYONE)] };
      const before = checkAccess(descriptor, token, desired, options);
      const after = checkAccess({ ...descriptor, dacl }, token, desired, options);
      expect(before.mask & ~after.mask).toBe(0);
    }),
    { numRuns: 1000 },
  );
});

test('whoever is denied by the entries alone is told what to change', () => {
  fc.assert(
    fc.property(
      arbitraryDescriptor,
      arbitraryToken,
      fc.integer({ min: 1, max: 0xff }),
      (sd, token, desired) => {
        const caller: Token = { ...token, user: ANN, integrity: IntegrityLevel.System, restricted: [] };
        const { granted, flip } = explainAccess(sd, caller, desired);
        if (!granted) expect(flip).not.toBeNull();
      },
    ),
    { numRuns: 1000 },
  );
});

import type { Claim } from '../descriptor/claim-attribute.ts';
import { parseSid } from '../sid/parse-sid.ts';
import type { Sid } from '../sid/sid.ts';
import { parseGroupAttributes } from '../token/group-attribute-words.ts';
import { PRIVILEGE_NAMES, type PrivilegeName } from '../token/privilege-name.ts';
import { IntegrityLevel, type Token, type TokenGroup } from '../token/token.ts';
import { expected, listAt, objectAt, text, uint32 } from './json-input.ts';
import { readClaim } from './read-claim.ts';

/**
 * A token from JSON. A group is a SID, or `{sid, attributes}` with a mask or the words of `GroupAttributes`.
 * @throws WmisecError `INVALID_ARGUMENT`; ParseError `ERROR_INVALID_SID`.
 */
export function readToken(value: unknown): Token {
  const json = objectAt(value, 'token');
  const { groups, privileges, restricted, deviceGroups, userClaims, deviceClaims, localClaims, integrity } =
    json;
  return {
    user: readGroup(json.user, 'token.user'),
    ...(groups !== undefined && { groups: readGroups(groups, 'token.groups') }),
    ...(privileges !== undefined && { privileges: readPrivileges(privileges) }),
    ...(restricted !== undefined && { restricted: readGroups(restricted, 'token.restricted') }),
    ...(deviceGroups !== undefined && { deviceGroups: readGroups(deviceGroups, 'token.deviceGroups') }),
    ...(userClaims !== undefined && { userClaims: readClaims(userClaims, 'token.userClaims') }),
    ...(deviceClaims !== undefined && { deviceClaims: readClaims(deviceClaims, 'token.deviceClaims') }),
    ...(localClaims !== undefined && { localClaims: readClaims(localClaims, 'token.localClaims') }),
    ...(integrity !== undefined && { integrity: readIntegrity(integrity) }),
  };
}

function readGroups(value: unknown, where: string): (Sid | TokenGroup)[] {
  return listAt(value, where).map((group, i) => readGroup(group, `${where}[${i}]`));
}

function readGroup(value: unknown, where: string): Sid | TokenGroup {
  if (typeof value === 'string') return parseSid(value);
  const { sid, attributes } = objectAt(value, where);
  const group = parseSid(text(sid, `${where}.sid`));
  return attributes === undefined ? group : { sid: group, attributes: readAttributes(attributes, where) };
}

function readAttributes(value: unknown, where: string): number {
  if (typeof value === 'number') return uint32(value, `${where}.attributes`);
  const words = listAt(value, `${where}.attributes`);
  return parseGroupAttributes(words.map((word, i) => text(word, `${where}.attributes[${i}]`)));
}

function readPrivileges(value: unknown): PrivilegeName[] {
  return listAt(value, 'token.privileges').map((name, i) => {
    const known = PRIVILEGE_NAMES.find((privilege) => privilege === name);
    if (known === undefined) throw expected('the name of a privilege', name, `token.privileges[${i}]`);
    return known;
  });
}

function readClaims(value: unknown, where: string): Record<string, Claim> {
  const claims = Object.entries(objectAt(value, where));
  return Object.fromEntries(claims.map(([name, claim]) => [name, readClaim(claim, `${where}.${name}`)]));
}

const LEVELS: ReadonlyMap<string, number> = new Map(
  Object.entries(IntegrityLevel).map(([word, level]) => [word.toLowerCase(), level]),
);

/** A RID, its SID, or the word for it. */
function readIntegrity(value: unknown): number {
  if (typeof value === 'number') return uint32(value, 'token.integrity');
  const level = text(value, 'token.integrity');
  const rid = /^S-1-16-(\d{1,10})$/i.exec(level)?.[1];
  const known = rid === undefined ? LEVELS.get(level.toLowerCase()) : uint32(Number(rid), 'token.integrity');
  if (known !== undefined) return known;
  throw expected('an integrity level', value, 'token.integrity');
}

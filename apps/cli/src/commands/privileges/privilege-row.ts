import type { Privilege } from '@wmisec/privileges';
import type { Row } from '../../output/row-writer.ts';

export const COLUMNS = ['Name', 'DisplayName', 'WbemPrivilege'];

/** A privilege, and how it stands where a token says so. */
export function privilegeRow(privilege: Privilege & { readonly state?: string }): Row {
  const { name, displayName, wbemPrivilege, state } = privilege;
  const row = { Name: name, DisplayName: displayName, WbemPrivilege: wbemPrivilege };
  return state === undefined ? row : { ...row, State: state };
}

import {
  explainPrivilegeError,
  findPrivilege,
  parseMonikerPrivileges,
  privilegesNeeded,
} from '@wmisec/privileges';
import { defineClass, WbemError, WbemStatus } from '@wmisec/wbem';

const log = defineClass({
  name: 'Acme_Log',
  methods: { Clear: { returns: 'uint32', qualifiers: { Privileges: ['SeSecurityPrivilege'] } } },
});
const needed = privilegesNeeded(log, 'Clear');
console.log(needed, findPrivilege('Security')?.displayName);
console.log(parseMonikerPrivileges('(Security,!Debug)'));

const ann = {
  user: 'S-1-5-21-1-2-3-1001',
  privileges: [{ name: 'SeSecurityPrivilege', enabled: false }],
} as const;
const denied = new WbemError(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD);
console.log(explainPrivilegeError(denied, needed, ann)?.sentence);

import {
  checkAccess,
  explainAccess,
  formatExplanation,
  NAMESPACE_MAPPING,
  namespaceRightNames,
  parseSddl,
  type Token,
} from '@wmisec/access';

const descriptor = parseSddl('O:BAG:BAD:(D;;DC;;;BG)(A;;CCDC;;;AU)(XA;;WP;;;AU;(@User.team == "ops"))');

const ann: Token = {
  user: 'S-1-5-21-1-2-3-1001',
  groups: ['S-1-5-11', 'S-1-5-32-546'],
  userClaims: { team: { type: 'string', values: ['ops'] } },
};

console.log(checkAccess(descriptor, ann, 0x21, { mapping: NAMESPACE_MAPPING }));

const refused = explainAccess(descriptor, ann, 0x2, { mapping: NAMESPACE_MAPPING });
console.log(formatExplanation(refused, { rightNames: namespaceRightNames }));

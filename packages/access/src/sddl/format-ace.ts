import type { Guid } from '@wmisec/wbem';
import { type Ace, AceFlags, AceType } from '../descriptor/ace.ts';
import { aceForm } from '../descriptor/ace-form.ts';
import type { Sid } from '../sid/sid.ts';
import { ACE_FLAGS, ACE_TYPES, TRUST_PROTECTED_WORD } from './ace-words.ts';
import { formatClaim } from './format-claim.ts';
import { formatCondition } from './format-condition.ts';
import { formatLabelRights, formatRights } from './format-rights.ts';
import { formatSid } from './format-sid.ts';
import { inexpressible } from './inexpressible.ts';

const TYPE_WORDS = new Map<number, string>(Object.entries(ACE_TYPES).map(([word, type]) => [type, word]));
const FLAG_WORDS = Object.entries(ACE_FLAGS);

/**
 * An ACE as Windows prints it.
 * @throws WmisecError `SDDL_INEXPRESSIBLE`
 */
export function formatAce(ace: Ace, domain: Sid | undefined): string {
  const type = TYPE_WORDS.get(ace.type);
  if (type === undefined) throw inexpressible(`an ACE of type ${ace.type}`);
  const rights =
    ace.type === AceType.SystemMandatoryLabel ? formatLabelRights(ace.mask) : formatRights(ace.mask);
  const guids = `${formatGuid(ace.objectType)};${formatGuid(ace.inheritedObjectType)}`;
  const tail = formatTail(ace, domain);
  return `(${type};${formatFlags(ace)};${rights};${guids};${formatSid(ace.sid, domain)}${tail})`;
}

/** What follows the SID. Slack behind a plain ACE is not printed. */
function formatTail(ace: Ace, domain: Sid | undefined): string {
  const form = aceForm(ace.type);
  if (form === 'plain' || form === 'object') return '';
  if (ace.condition !== undefined) return `;(${formatCondition(ace.condition, domain)})`;
  if (ace.attribute !== undefined) return `;${formatClaim(ace.attribute, domain)}`;
  throw inexpressible('application data that is no condition and no resource attribute');
}

function formatFlags({ flags, type }: Ace): string {
  let text = '';
  for (const [word, bit] of FLAG_WORDS) {
    if ((flags & bit) === 0) continue;
    const isTrust = type === AceType.SystemAccessFilter && bit === AceFlags.TrustProtectedFilter;
    text += isTrust ? TRUST_PROTECTED_WORD : word;
  }
  return text;
}

function formatGuid(guid: Guid | undefined): string {
  return guid === undefined ? '' : guid.slice(1, -1).toLowerCase();
}

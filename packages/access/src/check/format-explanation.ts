import type { AceStep, Explanation, ExplanationStep, NoEffect } from './explanation.ts';

export interface FormatExplanationOptions {
  /** Names the rights of a mask; by default they stay in hex. */
  readonly rightNames?: (mask: number) => readonly string[];
}

/** An explanation as lines for people. */
export function formatExplanation(explanation: Explanation, options: FormatExplanationOptions = {}): string {
  const rights = (mask: number) => rightsText(mask, options);
  const { granted, mask, desired, missing, steps, deciding, flip, code } = explanation;
  const lines = [
    granted
      ? `GRANTED ${rights(mask)}`
      : `DENIED ${rights(desired)}${code === undefined ? '' : ` (${code})`}`,
    ...steps.map((step) => `  ${stepText(step, rights)}`),
  ];
  if (missing !== 0) lines.push(`missing: ${rights(missing)}`);
  if (deciding !== null) lines.push(`decided by ${aceName(deciding)}`);
  if (flip !== null) lines.push(`to ${granted ? 'deny' : 'grant'}: ${flip.text}`);
  return lines.join('\n');
}

type Rights = (mask: number) => string;

function stepText(step: ExplanationStep, rights: Rights): string {
  switch (step.kind) {
    case 'privilege':
      return `privilege ${step.privilege} is ${step.state}: ${step.granted === 0 ? 'gives nothing' : `gives ${rights(step.granted)}`}`;
    case 'mandatory':
      return `mandatory rules (token level ${hex(step.tokenLevel)}, object level ${hex(step.objectLevel)}) take away ${rights(step.taken)}`;
    case 'no-dacl':
      return `the DACL is ${step.dacl}: everybody is let in`;
    case 'owner':
      return `${walkText(step.walk)}owner ${step.owner}: has ${rights(step.granted)}`;
    case 'ace':
      return aceStepText(step, rights);
  }
}

function aceStepText(step: AceStep, rights: Rights): string {
  const effect = step.reason === null ? `${step.effect} ${rights(step.bits)}` : REASONS[step.reason];
  const terms = step.terms.map(({ term, sddl, value }) => `${sddl ?? term.kind} is ${value}`).join(', ');
  return `${walkText(step.walk)}${aceName(step)}: ${effect}${terms === '' ? '' : ` [${terms}]`}`;
}

const REASONS: Readonly<Record<NoEffect, string>> = {
  'inherit-only': 'is for children only',
  'type-without-tree': 'is for a part of the object, and no part was asked for',
  'type-not-listed': 'is for a part of the object that was not asked for',
  'type-without-effect': 'is of a type that grants and denies nothing',
  'not-held': 'the token does not have the SID',
  'deny-only': 'the token has the SID for deny only',
  disabled: 'the group is disabled',
  condition: 'the condition does not hold',
  'decided-before': 'an earlier entry decided the same rights',
};

function aceName({ index, sddl }: AceStep): string {
  return sddl === null ? `entry ${index}` : `entry ${index} ${sddl}`;
}

function walkText(walk: AceStep['walk']): string {
  return walk === 'token' ? '' : 'restricting SIDs: ';
}

function rightsText(mask: number, { rightNames }: FormatExplanationOptions): string {
  if (rightNames === undefined || mask === 0) return hex(mask);
  return rightNames(mask).join(' | ');
}

function hex(mask: number): string {
  return `0x${(mask >>> 0).toString(16).toUpperCase()}`;
}

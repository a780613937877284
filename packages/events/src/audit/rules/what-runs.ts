import type { ConsumerPart } from '../../subscriptions/subscription-parts.ts';
import { textOf } from '../subscription-evidence.ts';

/** What a consumer makes the machine run. */
export interface WhatRuns {
  readonly kind: 'command' | 'script';
  /** The program, or the scripting engine; empty when it is not said. */
  readonly program: string;
  /** The command line, the script, or the script's file. */
  readonly text: string;
}

/** Null for a consumer that runs nothing that it could say. */
export function whatRuns(consumer: ConsumerPart | null): WhatRuns | null {
  if (consumer?.kind === 'commandLine') {
    const program = textOf(consumer, 'ExecutablePath');
    return { kind: 'command', program, text: textOf(consumer, 'CommandLineTemplate') || program };
  }
  if (consumer?.kind !== 'activeScript') return null;
  const text = textOf(consumer, 'ScriptText') || textOf(consumer, 'ScriptFileName');
  return { kind: 'script', program: textOf(consumer, 'ScriptingEngine'), text };
}

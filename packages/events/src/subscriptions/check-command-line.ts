import { isAbsolutePath, isInterpreter, programName, splitCommandLine } from './command-line.ts';
import type { CommandLineConsumer } from './consumer-spec.ts';
import { brokenRule, requireAllowed, requireText } from './refuse.ts';
import type { SubscriptionRisk } from './subscription-spec.ts';
import { templateFields } from './template-fields.ts';

/**
 * The program is settled by its path, its first argument repeats it, and event data is none of its code.
 * @see docs/rules.md 9.15
 */
export function checkCommandLine(
  { executablePath, commandLineTemplate }: CommandLineConsumer,
  allow: readonly SubscriptionRisk[],
): void {
  requireText(executablePath, 'executablePath, so that event data cannot choose the program');
  if (templateFields(executablePath).length > 0)
    requireAllowed(allow, 'eventChoosesProgram', `event data in executablePath ${executablePath}`);
  if (!isAbsolutePath(executablePath))
    throw brokenRule(`expected an absolute path as executablePath, got ${JSON.stringify(executablePath)}`);
  if (commandLineTemplate === undefined) return;
  const { program, rest } = splitCommandLine(commandLineTemplate);
  if (templateFields(program).length > 0)
    requireAllowed(allow, 'eventChoosesProgram', `event data in the first word of ${commandLineTemplate}`);
  else if (!repeats(program, executablePath))
    throw brokenRule(
      `expected commandLineTemplate to begin with ${executablePath}, got ${JSON.stringify(program)}`,
    );
  if (isInterpreter(executablePath) && templateFields(rest).length > 0)
    requireAllowed(allow, 'eventDataInShell', `${programName(executablePath)} would run event data`);
}

function repeats(word: string, executablePath: string): boolean {
  if (word.toLowerCase() === executablePath.toLowerCase()) return true;
  return !/[\\/]/.test(word) && programName(word) === programName(executablePath);
}

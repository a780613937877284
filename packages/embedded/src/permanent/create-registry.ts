import type { ConsumerOptions } from './consumer-options.ts';
import { ConsumerRegistry } from './delivery/consumer-registry.ts';
import type { EventLog } from './event-log/event-log.ts';
import { activeScript } from './standard-consumers/active-script.ts';
import { commandLine } from './standard-consumers/command-line.ts';
import { logFile } from './standard-consumers/log-file.ts';
import { ntEventLog } from './standard-consumers/nt-event-log.ts';
import { smtp } from './standard-consumers/smtp.ts';
import { onThisMachine } from './standard-consumers/this-machine.ts';

/** @throws WmisecError `INVALID_ARGUMENT` for what cannot be. */
export function createRegistry(options: ConsumerOptions = {}, log: EventLog): ConsumerRegistry {
  const { logFolders = [], commandLine: runner = false, sendMail = null, custom } = options;
  return new ConsumerRegistry(
    {
      ActiveScriptEventConsumer: { consume: onThisMachine(activeScript), administratorsOnly: true },
      CommandLineEventConsumer: { consume: onThisMachine(commandLine(runner)), administratorsOnly: true },
      LogFileEventConsumer: { consume: onThisMachine(logFile(logFolders)), administratorsOnly: false },
      NTEventLogEventConsumer: { consume: onThisMachine(ntEventLog(log)), administratorsOnly: false },
      SMTPEventConsumer: { consume: onThisMachine(smtp(sendMail)), administratorsOnly: false },
    },
    custom,
  );
}

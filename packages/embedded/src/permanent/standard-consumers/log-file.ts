import type { CimInstance } from '@wmisec/wbem';
import type { EventConsumer } from '../delivery/event-consumer.ts';
import { escapeControls, expandTemplate, parseTemplate } from '../template.ts';
import { appendLine } from './append-line.ts';
import { logFolders } from './log-folders.ts';

/**
 * Writes lines into files below the folders that the owner of the service names.
 * @throws WmisecError `INVALID_ARGUMENT` for a folder that is no absolute path.
 * @see docs/rules.md 9.15
 */
export function logFile(folders: readonly string[]): EventConsumer {
  const allowed = logFolders(folders);
  return (event, { consumer }) => {
    const { Filename, Text, IsUnicode, MaximumFileSize } = consumer.properties;
    using file = allowed.open(String(Filename));
    appendLine(file, textOf(Text, event), {
      isUnicode: IsUnicode === true,
      maximumSize: typeof MaximumFileSize === 'bigint' ? Number(MaximumFileSize) : 0,
    });
  };
}

function textOf(template: unknown, event: CimInstance): string {
  return typeof template === 'string' ? expandTemplate(parseTemplate(template), event, escapeControls) : '';
}

import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { WmisecError } from '@wmisec/wbem';
import { fileError } from './file-error.ts';
import { type LogFile, openLogFile } from './log-file-handle.ts';
import { notAllowed } from './not-allowed.ts';

/** Folders that may be written to. */
export interface LogFolders {
  /**
   * A file that lies there really, the folders on the way included: links lead nowhere.
   * @throws WbemError `WBEM_E_ACCESS_DENIED` for another place or a link, and what `fileError` makes of the rest.
   */
  open(filename: string): LogFile;
}

/** @throws WmisecError `INVALID_ARGUMENT` for what is no absolute path. */
export function logFolders(folders: readonly string[]): LogFolders {
  const relativeOne = folders.find((folder) => !isAbsolute(folder));
  if (relativeOne !== undefined)
    throw new WmisecError('INVALID_ARGUMENT', `logFolders: expected absolute paths, got ${relativeOne}`);
  return {
    open: (filename) => {
      const path = isAbsolute(filename) && !filename.includes('\0') ? resolve(filename) : null;
      const folder =
        path === null ? undefined : folders.find((each) => isBelow(resolve(each), dirname(path)));
      if (path === null || folder === undefined)
        throw notAllowed('Filename: the owner of the service has not named its folder');
      return openIn(resolve(folder), path);
    },
  };
}

/** The folder is what its owner says, links included; what is below it has to be there really. */
function openIn(folder: string, path: string): LogFile {
  return fileError(() =>
    openLogFile(join(realpathSync(folder), relative(folder, dirname(path))), basename(path)),
  );
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

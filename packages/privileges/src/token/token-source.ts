import { TokenHandle } from '@wmisec/access/native';
import { type Native, openNative } from '@wmisec/com-core';

/** `thread` is what this thread acts as: the token it impersonates, or else the process's. */
export type TokenSource = 'thread' | 'process';

export interface TokenOptions {
  /** Whose token. Default `thread`. */
  readonly token?: TokenSource | undefined;
  /** Default `openNative()`. */
  readonly native?: Native | undefined;
}

/** Opens the token in force for reading and duplicating. The caller closes it. */
export function openToken({ token = 'thread', native = openNative() }: TokenOptions = {}): TokenHandle {
  const impersonated = token === 'thread' ? TokenHandle.ofThread(native) : null;
  return impersonated ?? TokenHandle.ofProcess(native);
}

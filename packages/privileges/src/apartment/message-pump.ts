import { defineLibrary, type Native, type NativeBlock, NULL } from '@wmisec/com-core';

const MSG_SIZE = 48;
const PM_REMOVE = 0x1;
const QS_ALLINPUT = 0x4ff;
const MWMO_INPUTAVAILABLE = 0x4;
const WM_NULL = 0;

const queues = defineLibrary('user32.dll', {
  PostThreadMessageW: ['WINBOOL', 'DWORD idThread', 'UINT Msg', 'WPARAM wParam', 'LPARAM lParam'],
});

/** The message queue of a thread, through which COM brings the calls into a single-threaded apartment. */
export class MessagePump implements Disposable {
  readonly #native: Native;
  readonly #message: NativeBlock;

  constructor(native: Native) {
    this.#native = native;
    this.#message = native.memory.alloc(MSG_SIZE);
  }

  /** Handles what waits, `most` messages at most. Calls run inside. @returns how many there were. */
  dispatch(most: number): number {
    const { user32 } = this.#native;
    const { ptr } = this.#message;
    for (let count = 0; count < most; count++) {
      if (user32.PeekMessageW(ptr, NULL, 0, 0, PM_REMOVE) === 0) return count;
      user32.TranslateMessage(ptr);
      user32.DispatchMessageW(ptr);
    }
    return most;
  }

  /** Waits for a message, for some milliseconds at most. */
  wait(milliseconds: number): void {
    this.#native.user32.MsgWaitForMultipleObjectsEx(0, NULL, milliseconds, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
  }

  [Symbol.dispose](): void {
    this.#message.free();
  }
}

/** Ends the wait of another thread's pump. @param threadId of the system. */
export function wakePump(native: Native, threadId: number): void {
  native.library(queues).PostThreadMessageW(threadId, WM_NULL, NULL, NULL);
}

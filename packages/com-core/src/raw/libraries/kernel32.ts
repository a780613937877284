import { defineLibrary } from '../define-library.ts';

export const kernel32 = defineLibrary('kernel32.dll', {
  GetLastError: ['DWORD'],
  SetLastError: ['void', 'DWORD dwErrCode'],
  GetCurrentProcess: ['HANDLE'],
  GetCurrentThread: ['HANDLE'],
  GetCurrentThreadId: ['DWORD'],
  CloseHandle: ['WINBOOL', 'HANDLE hObject'],
  LocalFree: ['HLOCAL', 'HLOCAL hMem'],
});

/** Lets a thread that owns a single-threaded apartment take its calls. */
export const user32 = defineLibrary('user32.dll', {
  MsgWaitForMultipleObjectsEx: [
    'DWORD',
    'DWORD nCount',
    'const HANDLE *pHandles',
    'DWORD dwMilliseconds',
    'DWORD dwWakeMask',
    'DWORD dwFlags',
  ],
  PeekMessageW: [
    'WINBOOL',
    'LPMSG lpMsg',
    'HWND hWnd',
    'UINT wMsgFilterMin',
    'UINT wMsgFilterMax',
    'UINT wRemoveMsg',
  ],
  TranslateMessage: ['WINBOOL', 'const MSG *lpMsg'],
  DispatchMessageW: ['LRESULT', 'const MSG *lpMsg'],
});

export const secur32 = defineLibrary('secur32.dll', {
  GetUserNameExW: ['BOOLEAN', 'EXTENDED_NAME_FORMAT NameFormat', 'LPWSTR lpNameBuffer', 'PULONG nSize'],
});

import { defineLibrary } from '../define-library.ts';

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

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

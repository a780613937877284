import { defineLibrary } from '../define-library.ts';

export const secur32 = defineLibrary('secur32.dll', {
  GetUserNameExW: ['BOOLEAN', 'EXTENDED_NAME_FORMAT NameFormat', 'LPWSTR lpNameBuffer', 'PULONG nSize'],
});

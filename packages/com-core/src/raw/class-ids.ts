import type { Guid } from '@wmisec/wbem';

/**
 * The classes that WMI registers.
 * @see docs/rules.md 10.1
 */
export const ClassId = {
  CLSID_WbemLocator: '{4590F811-1D3A-11D0-891F-00AA004B2E24}',
  CLSID_WbemAdministrativeLocator: '{CB8555CC-9128-11D1-AD9B-00C04FD8FDFF}',
  CLSID_WbemAuthenticatedLocator: '{CD184336-9128-11D1-AD9B-00C04FD8FDFF}',
  CLSID_WbemUnauthenticatedLocator: '{443E7B79-DE31-11D2-B340-00104BCC4B4A}',
  CLSID_UnsecuredApartment: '{49BD2028-1523-11D1-AD79-00C04FD8FDFF}',
  CLSID_WbemContext: '{674B6698-EE92-11D0-AD71-00C04FD8FDFF}',
  CLSID_WbemClassObject: '{9A653086-174F-11D2-B5F9-00104B703EFD}',
  CLSID_WbemRefresher: '{C71566F2-561E-11D1-AD87-00C04FD8FDFF}',
  CLSID_WbemStatusCodeText: '{EB87E1BD-3233-11D2-AEC9-00C04FB68820}',
  CLSID_MofCompiler: '{6DAF9757-2E37-11D2-AEC9-00C04FB68820}',
  CLSID_WbemObjectTextSrc: '{8D1C559D-84F0-4BB3-A7D5-56A7435A9BA6}',
  CLSID_WbemBackupRestore: '{C49E32C6-BC8B-11D2-85D4-00105A1F8304}',
  CLSID_WbemDecoupledRegistrar: '{4CFC7932-0F9D-4BEF-9C32-8EA2A6B56FCB}',
  CLSID_WbemDecoupledBasicEventProvider: '{F5F75737-2843-4F22-933D-C76A97CDA62F}',
  CLSID_WbemLevel1Login: '{8BC3F05E-D86B-11D0-A075-00C04FB68820}',
} as const satisfies Record<string, Guid>;

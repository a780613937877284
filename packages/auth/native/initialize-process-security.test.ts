import { parseSddl } from '@wmisec/access';
import {
  COAUTHIDENTITY,
  type Native,
  NULL,
  openNative,
  type Ptr,
  readStruct,
  SECURITY_DESCRIPTOR,
  SOLE_AUTHENTICATION_INFO,
  SOLE_AUTHENTICATION_LIST,
  SOLE_AUTHENTICATION_SERVICE,
} from '@wmisec/com-core';
import { AuthnLevel, AuthnService, ImpLevel, type SecurableProxy } from '@wmisec/wbem';
import { beforeEach, describe, expect, test } from 'vitest';
import { initializeProcessSecurity, type ProcessSecurityRequest, passwordIdentity } from '../src/index.ts';

const native = openNative();
const descriptor = parseSddl('O:BAG:BAD:(A;;0x3;;;BA)(A;;0x3;;;SY)');
const REQUEST: ProcessSecurityRequest = { access: { kind: 'descriptor', descriptor } };

type Arguments = Parameters<Native['ole32']['CoInitializeSecurity']>;

/** COM that keeps its arguments and answers as told; everything else is Wine's. */
function recording(answer: number, seen: (args: Arguments) => void): Native {
  const CoInitializeSecurity = (...args: Arguments) => {
    seen(args);
    return answer;
  };
  const ole32 = { CoInitializeSecurity };
  return Object.create(native, { ole32: { value: ole32 } }) as Native;
}

function structAt<T extends Parameters<typeof readStruct>[0]>(struct: T, address: number) {
  const bytes = native.memory.read(address as Ptr, struct.size);
  return readStruct(struct, new DataView(bytes.buffer));
}

function textAt(address: number, units: number): string {
  return Buffer.from(native.memory.read(address as Ptr, units * 2)).toString('utf16le');
}

/** What Wine's own converter makes of a descriptor: owner, group and DACL. */
function sddlByTheSystem(descriptor: Ptr): string {
  using out = native.memory.alloc(8);
  native.advapi32.ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, 1, 7, out.ptr, NULL);
  return native.memory.readText(out.pointer());
}

describe('tested under Wine, whose own CoInitializeSecurity is a stub', () => {
  test('the real entry point takes the arguments', () => {
    expect(native.ole32.CoInitializeEx(0 as Ptr, 0)).toBeLessThanOrEqual(1);
    using result = initializeProcessSecurity(REQUEST);
    expect(result.status).toBe('initialized');
  });
});

describe('what COM is handed', () => {
  let args: Arguments;
  beforeEach(() => {
    args = undefined as never;
  });
  const call = (request: ProcessSecurityRequest, check: () => void) => {
    using _ = initializeProcessSecurity(
      request,
      {},
      recording(0, (seen) => (args = seen)),
    );
    check();
  };

  test('rules 1.2: an absolute descriptor whose parts the OS can read, and the defaults', () => {
    call(REQUEST, () => {
      expect(args.slice(1)).toEqual([-1, 0, 0, AuthnLevel.PktPrivacy, ImpLevel.Impersonate, 0, 0x2, 0]);
      expect(native.advapi32.IsValidSecurityDescriptor(args[0])).toBe(1);
      expect(structAt(SECURITY_DESCRIPTOR, args[0])).toMatchObject({ Revision: 1, Control: 0x0004 });
      expect(sddlByTheSystem(args[0])).toBe('O:BAG:BAD:(A;;CCDC;;;BA)(A;;CCDC;;;SY)');
    });
  });

  test('rules 1.4: NTLM and Kerberos side by side, with one identity each', () => {
    using identity = passwordIdentity({ user: 'CORP\\ann', password: 'pass' });
    const credentials = [AuthnService.WinNT, AuthnService.GssKerberos].map((authnService) => ({
      authnService,
      identity,
    }));
    call({ ...REQUEST, credentials }, () => {
      const list = structAt(SOLE_AUTHENTICATION_LIST, args[6]);
      expect(list['cAuthInfo']).toBe(2);
      const infos = [0, 16].map((offset) => structAt(SOLE_AUTHENTICATION_INFO, list['aAuthInfo']! + offset));
      expect(infos).toMatchObject([
        { dwAuthnSvc: 10, dwAuthzSvc: 0 },
        { dwAuthnSvc: 16, dwAuthzSvc: 0 },
      ]);
      const auth = structAt(COAUTHIDENTITY, infos[1]!['pAuthInfo']!);
      expect(auth).toMatchObject({ UserLength: 3, DomainLength: 4, PasswordLength: 4, Flags: 2 });
      expect(textAt(auth['User']!, 4)).toBe('ann\0');
      expect(textAt(auth['Domain']!, 5)).toBe('CORP\0');
      expect(textAt(auth['Password']!, 5)).toBe('pass\0');
    });
  });

  test('rules 1.2: services for incoming calls, with a principal', () => {
    const services = [{ authnService: AuthnService.GssKerberos, principal: 'host/a' }];
    call({ ...REQUEST, services }, () => {
      expect(args[1]).toBe(1);
      const service = structAt(SOLE_AUTHENTICATION_SERVICE, args[2]);
      expect(service).toMatchObject({ dwAuthnSvc: 16, dwAuthzSvc: 0 });
      expect(textAt(service['pPrincipalName']!, 7)).toBe('host/a\0');
    });
  });

  test('rules 1.2: an empty list of services takes no secure calls', () => {
    call({ ...REQUEST, services: [] }, () => expect(args.slice(1, 3)).toEqual([0, 0]));
  });

  test('rules 1.5: an AppID is handed over as a GUID with its flag', () => {
    const appId = '{DC12A687-737F-11CF-884D-00AA004B2E24}';
    call({ access: { kind: 'appId', appId } }, () => {
      expect(args[7]).toBe(0x8);
      expect(native.memory.readGuid(args[0] as Ptr)).toBe(appId);
    });
  });
});

describe('too late', () => {
  const RPC_E_TOO_LATE = 0x80010119;
  const late = recording(RPC_E_TOO_LATE, () => {});
  const probe = (authnLevel: number, impLevel: number) =>
    ({
      queryBlanket: () => ({
        authnService: 10,
        authzService: 0,
        principal: null,
        authnLevel,
        impLevel,
        capabilities: 0,
      }),
    }) as unknown as SecurableProxy;

  test('AC-1.1 a second call is RPC_E_TOO_LATE when the caller wants to know', () => {
    expect(() => initializeProcessSecurity(REQUEST, { failIfTooLate: 'always' }, late)).toThrow(
      expect.objectContaining({ code: 'RPC_E_TOO_LATE', hresult: RPC_E_TOO_LATE }),
    );
  });

  test('AC-1.2 what is in force is reported, and refused when it is weaker than asked', () => {
    const weak = probe(2, 2);
    expect(initializeProcessSecurity(REQUEST, { failIfTooLate: 'never', probe: weak }, late)).toMatchObject({
      status: 'tooLate',
      inForce: { authnLevel: 2, impLevel: 2 },
    });
    expect(() => initializeProcessSecurity(REQUEST, { probe: weak }, late)).toThrow(
      expect.objectContaining({
        code: 'PROCESS_SECURITY_TOO_WEAK',
        message: expect.stringContaining('RPC_C_AUTHN_LEVEL_CONNECT is in force'),
      }),
    );
    expect(initializeProcessSecurity(REQUEST, { probe: probe(6, 3) }, late).status).toBe('tooLate');
  });

  test('without a probe nothing proves what is in force', () => {
    expect(() => initializeProcessSecurity(REQUEST, {}, late)).toThrow(
      expect.objectContaining({ code: 'PROCESS_SECURITY_UNPROVEN' }),
    );
  });
});

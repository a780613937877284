import {
  type Ace,
  decodeSecurityDescriptor,
  encodeSecurityDescriptor,
  formatSddl,
  NamespaceRight,
  type Principal,
  parseSddl,
  type SecurityDescriptor,
} from '@wmisec/access';
import { type CimInstance, instanceOf, qualifier, type WbemServices } from '@wmisec/wbem';
import { beforeEach, expect, test } from 'vitest';
import { tokenUser } from '../server/token-user.ts';
import { createService, type EmbeddedService } from '../service/create-service.ts';
import { namespaceClass } from '../system-classes/namespace-classes.ts';
import { open, person } from '../testing.ts';

const NS = 'root\\cimv2';
const ACCESS_DENIED = { hresult: 0x80041003 };
/** docs/rules.md 9.2, as printed from Windows. */
const ROOT_SDDL =
  'O:BAG:BAD:(A;CI;CCDCLCSWRPWPRCWD;;;BA)(A;CI;CCDCRP;;;NS)(A;CI;CCDCRP;;;LS)(A;CI;CCDCRP;;;AU)';
const CHILD_SDDL = ROOT_SDDL.replaceAll(';CI;', ';CIID;');

let service: EmbeddedService;
let owner: WbemServices;

beforeEach(async () => {
  service = await createService({ providers: [] });
  owner = await open(service, NS);
});

async function getSd(services: WbemServices = owner): Promise<SecurityDescriptor> {
  const { returnValue, outParams } = await services.execMethod('__SystemSecurity=@', 'GetSD');
  expect(returnValue).toBe(0);
  return decodeSecurityDescriptor(Uint8Array.from(outParams.SD as number[]));
}

const getSddl = async (services?: WbemServices) => formatSddl(await getSd(services));

function setSd(
  sd: string | SecurityDescriptor | number[],
  services = owner,
): Promise<{ returnValue: unknown }> {
  const SD = Array.isArray(sd)
    ? sd
    : Array.from(encodeSecurityDescriptor(typeof sd === 'string' ? parseSddl(sd) : sd));
  return services.execMethod('__SystemSecurity=@', 'SetSD', { SD });
}

test('the default descriptor of root is that of Windows', async () => {
  expect(await getSddl(await open(service, 'root'))).toBe(ROOT_SDDL);
});

test('AC-9.19 a child of root reports its four entries as inherited', async () => {
  expect(await getSddl()).toBe(CHILD_SDDL);
  const { outParams } = await (await open(service, NS, person('ann'))).execMethod(
    '__SystemSecurity=@',
    'GetCallerAccessRights',
  );
  expect(outParams).toEqual({ rights: 0x13 });
});

test.each([
  ['AC-9.3 full write alone', '(A;;0x5;;;AU)', 0x80041008],
  ['AC-9.4 inherit-only alone', '(A;IO;0x1;;;AU)', 0x80041008],
  ['AC-9.5 an unknown right', '(A;;0x100;;;AU)', 0x80041008],
  ['AC-9.18 a generic right', '(A;;GA;;;AU)', 0x80041008],
])('%s is refused, and the descriptor stays', async (_rule, ace, hresult) => {
  await expect(setSd(`O:BAG:BAD:${ace}`)).rejects.toMatchObject({ hresult });
  expect(await getSddl()).toBe(CHILD_SDDL);
});

test.each([
  ['AC-9.3', '(A;;CCLCSWRP;;;AU)'],
  ['AC-9.4', '(A;CIIO;CC;;;AU)'],
])('%s %s is taken', async (_rule, ace) => {
  expect(await setSd(`O:BAG:BAD:${ace}`)).toMatchObject({ returnValue: 0 });
  expect(await getSddl()).toBe(CHILD_SDDL.replace('D:', `D:${ace}`));
});

test('AC-9.5 no DACL is an invalid parameter, no descriptor an invalid object', async () => {
  await expect(setSd('O:BAG:BA')).rejects.toMatchObject({ hresult: 0x80041008 });
  await expect(setSd('D:(A;;CC;;;AU)')).rejects.toMatchObject({ hresult: 0x80041008 });
  for (const bytes of [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []])
    await expect(setSd(bytes)).rejects.toMatchObject({ hresult: 0x8004100f, operation: 'execMethod' });
  await expect(owner.execMethod('__SystemSecurity=@', 'SetSD')).rejects.toMatchObject({
    hresult: 0x8004100f,
  });
});

test('AC-9.6 an entry with no-propagate reaches the child and not the grandchild', async () => {
  await setSd('O:BAG:BAD:(A;CINP;CC;;;BU)', await open(service, 'root\\default'));
  const parent = await open(service, 'root\\default');
  await parent.putInstance(instanceOf(namespaceClass, { Name: 'child' }));
  const child = await open(service, 'root\\default\\child');
  await child.putInstance(instanceOf(namespaceClass, { Name: 'grandchild' }));
  const users = (sd: SecurityDescriptor) =>
    sd.dacl.kind === 'list' ? sd.dacl.aces.filter(({ sid }) => sid === 'S-1-5-32-545') : [];
  expect(users(await getSd(child)).map(({ flags }) => flags & ~0x4)).toEqual([0x10]);
  expect(users(await getSd(await open(service, 'root\\default\\child\\grandchild')))).toEqual([]);
});

test('AC-9.7 what GetSD gave can be set again without a change', async () => {
  await setSd('O:BAG:BAD:(A;CI;CC;;;BU)');
  const before = await getSddl();
  await setSd(await getSd());
  expect(await getSddl()).toBe(before);
});

test('AC-9.8 without WRITE_DAC nothing is set, without READ_CONTROL nothing is told', async () => {
  const ann = await open(service, NS, person('ann'));
  const { code } = (await setSd(ROOT_SDDL, ann).catch((e) => e)) as { code: string };
  expect(code).toBe('WBEM_E_ACCESS_DENIED');
  expect(await getSddl()).toBe(CHILD_SDDL);
  await expect(getSd(ann)).rejects.toMatchObject({
    ...ACCESS_DENIED,
    refusal: { gate: 'namespace-rights', missing: ['READ_CONTROL'] },
  });
});

test.each(['Get9XUserList', 'Set9XUserList'])('AC-9.9 %s is disabled', async (method) => {
  await expect(owner.execMethod('__SystemSecurity=@', method)).rejects.toMatchObject({ hresult: 0x80041056 });
});

test('AC-9.16 own entries come before the inherited ones, which keep the order of the parent', async () => {
  await setSd(
    'O:BAG:BAD:(D;CI;DC;;;BG)(A;CI;CC;;;BG)(A;CI;CCDCLCSWRPWPRCWD;;;BA)',
    await open(service, 'root'),
  );
  await setSd('O:BAG:BAD:(A;;CC;;;BU)');
  expect(await getSddl()).toBe(
    'O:BAG:BAD:(A;;CC;;;BU)(D;CIID;DC;;;BG)(A;CIID;CC;;;BG)(A;CIID;CCDCLCSWRPWPRCWD;;;BA)',
  );
});

test('AC-9.20 entries keep the order given, and access follows it', async () => {
  const ann = person('ann', { groups: [] });
  const sid = tokenUser(ann.token);
  await setSd(`O:BAG:BAD:(A;;CC;;;${sid})(D;;CC;;;${sid})`);
  expect(await getSddl()).toBe(CHILD_SDDL.replace('D:', `D:(A;;CC;;;${sid})(D;;CC;;;${sid})`));
  expect((await open(service, NS, ann)).namespace).toBe(NS);
  await setSd(`O:BAG:BAD:(D;;CC;;;${sid})(A;;CC;;;${sid})`);
  await expect(open(service, NS, ann)).rejects.toMatchObject(ACCESS_DENIED);
});

test('owner and group are asked for and not taken over, and give no rights', async () => {
  const ann = person('ann', { groups: [] });
  const sid = tokenUser(ann.token);
  await setSd(`O:${sid}G:${sid}D:(A;;CCDC;;;${sid})`);
  expect((await getSd()).owner).toBe('S-1-5-32-544');
  await expect(getSd(await open(service, NS, ann))).rejects.toMatchObject(ACCESS_DENIED);
});

async function getDescriptor(
  services = owner,
): Promise<{ returnValue: unknown; descriptor: CimInstance | null }> {
  const { returnValue, outParams } = await services.execMethod('__SystemSecurity=@', 'GetSecurityDescriptor');
  return { returnValue, descriptor: outParams.Descriptor as CimInstance | null };
}

function setDescriptor(Descriptor: CimInstance, changes: Record<string, unknown> = {}, services = owner) {
  const changed = { ...Descriptor, properties: { ...Descriptor.properties, ...changes } } as CimInstance;
  return services.execMethod('__SystemSecurity=@', 'SetSecurityDescriptor', { Descriptor: changed });
}

test('GetSecurityDescriptor spells the descriptor out', async () => {
  const { returnValue, descriptor } = await getDescriptor();
  expect(returnValue).toBe(0);
  expect(descriptor?.properties).toMatchObject({
    Owner: { properties: { SIDString: 'S-1-5-32-544' } },
    DACL: [{ properties: { AccessMask: 0x6003f, AceFlags: 0x12, AceType: 0 } }, {}, {}, {}],
    SACL: null,
  });
});

test('Get- and SetSecurityDescriptor answer with numbers: 2 for access denied', async () => {
  const ann = await open(service, NS, person('ann'));
  expect(await getDescriptor(ann)).toEqual({ returnValue: 2, descriptor: null });
  const { descriptor } = await getDescriptor();
  expect(await setDescriptor(descriptor!, {}, ann)).toMatchObject({ returnValue: 2 });
});

test('AC-9.10 the control flags select what is replaced, and a SACL needs its privilege', async () => {
  const { descriptor } = await getDescriptor();
  const withoutDacl = { ControlFlags: 0x8000, DACL: null };
  expect(await setDescriptor(descriptor!, withoutDacl)).toMatchObject({ returnValue: 0 });
  expect(await getSddl()).toBe(CHILD_SDDL);

  const unprivileged: Principal = {
    ...service.owner,
    token: { ...service.owner.token, privileges: [] },
  };
  const services = await open(service, NS, unprivileged);
  const withSacl = { ControlFlags: 0x8014, SACL: [] };
  expect(await setDescriptor(descriptor!, withSacl, services)).toMatchObject({ returnValue: 9 });
});

test('SetSecurityDescriptor answers 21 for a descriptor that a namespace cannot have', async () => {
  const { descriptor } = await getDescriptor();
  const [ace] = descriptor!.properties.DACL as unknown as CimInstance[];
  const bad = { ...ace!, properties: { ...ace!.properties, AccessMask: 0x100, AceFlags: 0 } };
  for (const changes of [{ DACL: [bad] }, { DACL: null }, { ControlFlags: null }])
    expect(await setDescriptor(descriptor!, changes)).toMatchObject({ returnValue: 21 });
  expect(
    await owner.execMethod('__SystemSecurity=@', 'SetSecurityDescriptor', { Descriptor: null }),
  ).toMatchObject({ returnValue: 21 });
  expect(await getSddl()).toBe(CHILD_SDDL);
});

test('the rights of a method of __SystemSecurity are its own and those of a method', async () => {
  const ann = person('ann', { groups: [] });
  const sid = tokenUser(ann.token);
  const entry: Ace = {
    type: 0,
    flags: 0,
    mask: NamespaceRight.WBEM_ENABLE | NamespaceRight.READ_CONTROL,
    sid,
  };
  await setSd({ ...parseSddl('O:BAG:BA'), dacl: { kind: 'list', aces: [entry] } });
  await expect(getSd(await open(service, NS, ann))).rejects.toMatchObject({
    refusal: { missing: ['WBEM_METHOD_EXECUTE'] },
  });
});

function putNamespace(Name: string, sddl: string, services: WbemServices) {
  const instance = instanceOf(namespaceClass, { Name });
  return services.putInstance({ ...instance, qualifiers: [qualifier('NamespaceSecuritySDDL', sddl)] });
}

test('a namespace can be made with its own entries, which stand before the inherited ones', async () => {
  const root = await open(service, 'root');
  await putNamespace('Acme', 'O:BAG:BAD:(A;CI;CCDC;;;BU)', root);
  const acme = await open(service, 'root\\Acme');
  expect(await getSddl(acme)).toBe(CHILD_SDDL.replace('D:', 'D:(A;CI;CCDC;;;BU)'));
  expect(await acme.getObject('__SystemSecurity=@')).toMatchObject({ qualifiers: [] });
  await putNamespace('Acme', 'O:BAG:BAD:', root);
  expect(await getSddl(acme)).toBe(CHILD_SDDL);
});

test.each(['o:BAG:BAD:(A;CI;CC;;;BU)', 'D:(A;CI;CC;;;BU)', 'O:BAG:BAD:(A;;0x100;;;BU)', 'SDDL'])(
  'AC-9.11 %s makes no namespace',
  async (sddl) => {
    const root = await open(service, 'root');
    await expect(putNamespace('Acme', sddl, root)).rejects.toMatchObject({
      code: 'WBEM_E_INVALID_PARAMETER',
    });
    await expect(open(service, 'root\\Acme')).rejects.toMatchObject({ code: 'WBEM_E_INVALID_NAMESPACE' });
  },
);

test('full write in the parent does not reach the entries of an existing child', async () => {
  const ann = person('ann', { groups: [] });
  const sid = tokenUser(ann.token);
  await setSd(`O:BAG:BAD:(A;;CCDCLCSWRP;;;${sid})(A;CI;CCDCLCSWRPWPRCWD;;;BA)`, await open(service, 'root'));
  const root = await open(service, 'root', ann);
  await putNamespace('Mine', `O:BAG:BAD:(A;;CC;;;${sid})`, root);
  await expect(putNamespace('cimv2', `O:BAG:BAD:(A;;CCWD;;;${sid})`, root)).rejects.toMatchObject(
    ACCESS_DENIED,
  );
});

import { AuthnLevel, ImpLevel, TokenImpersonationLevel } from '@wmisec/wbem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallOrder, hasFixture, ProviderService } from './provider-service.ts';
import who from './samples/who.ts';

const { Identification, Impersonation, Delegation } = TokenImpersonationLevel;

describe.skipIf(!hasFixture)('the callers of a provider, told apart by tokens under Wine', () => {
  let service: ProviderService;

  beforeAll(async () => {
    service = await ProviderService.open();
    await service.install(who);
  }, 60_000);

  afterAll(() => service[Symbol.asyncDispose]());

  const host = (hosting: string) => service.host('who', { hosting });
  const unfolded = () => host('Decoupled:Com:FoldIdentity(FALSE)');

  async function ask(second: string, order: Partial<CallOrder> = {}): Promise<unknown> {
    const asked = { method: 'ExecMethodAsync', first: 'Test_Who', second, ...order } as const;
    return (await service.call('Who', asked)).rows[0]?.['ReturnValue'];
  }

  test.each([
    [Identification, ImpLevel.Identify],
    [Impersonation, ImpLevel.Impersonate],
    [Delegation, ImpLevel.Delegate],
  ])('a token of level %i is a caller of impersonation level %i', async (tokenLevel, impLevel) => {
    await using _ = await unfolded();
    const { Connect } = AuthnLevel;
    expect(await ask('Known', { tokenLevel, authnLevel: Connect })).toBe(`known ${Connect} ${impLevel}`);
  });

  test('acting as the caller works long after the call has returned, and ends with the body', async () => {
    await using _ = await unfolded();
    expect(await ask('Acted', { caller: 'reader' })).toBe('inside 1, outside null');
    expect(await ask('Acted', { caller: 'guest' })).toBe('inside 4, outside null');
  });

  test('rules 4.3: a caller who allows identification alone is not acted as', async () => {
    await using _ = await unfolded();
    expect(await ask('Acted', { tokenLevel: Identification })).toBe('0x80070542');
  });

  test('a body that crosses an await is refused', async () => {
    await using _ = await unfolded();
    expect(await ask('Crossed')).toBe('SCOPE_CROSSES_AWAIT');
  });

  test('rules 9.11: with a folded identity there is nobody to act as', async () => {
    await using _ = await host('Decoupled:Com');
    expect(await ask('Known')).toBe(`unknown ${AuthnLevel.PktPrivacy} ${ImpLevel.Anonymous}`);
    expect(await ask('Acted')).toBe('NO_CALLER_TOKEN');
  });

  test('the way back into WMI is the provider’s own, and refused while it acts as its caller', async () => {
    await using _ = await unfolded();
    expect(await ask('Registered')).toBe('Who');
    expect(await ask('OpenedAsCaller')).toBe('WBEM_E_NOT_SUPPORTED');
  });

  test('a model in which no process registers itself is refused by name', async () => {
    const refused = { code: 'WBEM_E_INVALID_PROVIDER_REGISTRATION' };
    await expect(host('NetworkServiceHost')).rejects.toMatchObject(refused);
    await expect(host('Decoupled:Com:FoldIdentity(MAYBE)')).rejects.toMatchObject(refused);
  });
});

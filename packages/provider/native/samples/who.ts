import { setTimeout as sleep } from 'node:timers/promises';
import { readToken, TokenHandle } from '@wmisec/access/native';
import { openNative } from '@wmisec/com-core';
import { type Caller, defineClass, type Provider, type ProviderRequest, WmisecError } from '@wmisec/wbem';

const who = defineClass({
  name: 'Test_Who',
  qualifiers: { dynamic: true },
  properties: { Id: { type: 'uint32', key: true } },
  methods: {
    Known: { static: true, returns: 'string' },
    Acted: { static: true, returns: 'string' },
    Crossed: { static: true, returns: 'string' },
    Registered: { static: true, returns: 'string' },
    OpenedAsCaller: { static: true, returns: 'string' },
  },
});

const native = openNative();

/** How many groups only deny in the token of this thread; null when it acts as the process. */
function deniedOnThread(): number | null {
  using token = TokenHandle.ofThread(native);
  if (token === null) return null;
  const { groups = [] } = readToken(native, token);
  return groups.filter((group) => typeof group === 'object' && (group.attributes & 0x10) !== 0).length;
}

function act<T>({ impersonate }: Caller, body: () => T): T {
  if (impersonate === undefined) throw new WmisecError('NO_CALLER_TOKEN', 'nobody to act as');
  return impersonate(body);
}

const methods: Readonly<Record<string, (request: ProviderRequest) => unknown>> = {
  Known: ({ caller }) =>
    `${caller.token === null ? 'unknown' : 'known'} ${caller.authnLevel} ${caller.impLevel}`,
  Acted: async ({ caller }) => {
    await sleep(5);
    const inside = act(caller, deniedOnThread);
    return `inside ${inside}, outside ${deniedOnThread()}`;
  },
  Crossed: ({ caller }) => act(caller, () => sleep(1)),
  Registered: async ({ openServices }) => {
    await using services = await openServices!();
    const found = await services.getObject('__Win32Provider.Name="Who"');
    return found.kind === 'instance' ? found.properties['Name'] : null;
  },
  OpenedAsCaller: ({ caller, openServices }) => {
    const opened: Promise<unknown>[] = [];
    act(caller, () => void opened.push(openServices!()));
    return opened[0];
  },
};

/** Tells who calls, and acts as them. */
const provider: Provider = {
  name: 'Who',
  classes: [who],
  async execMethod(_className, _keys, method, _inParams, request) {
    try {
      return { returnValue: (await methods[method]!(request)) as string, outParams: {} };
    } catch (error) {
      return { returnValue: (error as WmisecError).code, outParams: {} };
    }
  },
};

export default provider;

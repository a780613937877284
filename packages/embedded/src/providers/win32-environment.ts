import { hostname, userInfo } from 'node:os';
import { defineClass, type PropertyBag, type Provider, WbemError, WbemStatus } from '@wmisec/wbem';
import { systemResource } from './cim-schema.ts';
import { tableProvider } from './table-provider.ts';

const PROVIDER = 'Environment';

const win32Environment = defineClass({
  name: 'Win32_Environment',
  superclass: systemResource,
  qualifiers: { dynamic: true, provider: PROVIDER },
  properties: {
    Name: { type: 'string', key: true },
    SystemVariable: 'boolean',
    UserName: { type: 'string', key: true },
    VariableValue: 'string',
  },
});

/**
 * The environment of this process. It often holds secrets, so the provider tells it to one caller only.
 * @param reader the SID of who may read it.
 * @see MicrosoftDocs CIMWin32Prov, Win32_Environment
 */
export function environmentProvider(reader: string): Provider {
  return tableProvider(PROVIDER, win32Environment, async ({ caller }) => {
    if (caller.sid !== reader)
      throw new WbemError(
        WbemStatus.WBEM_E_ACCESS_DENIED,
        'the environment of the service is for its owner only',
        { refusal: { gate: 'provider', missing: [`the identity ${reader}`], ace: null, fix: null } },
      );
    const UserName = `${hostname()}\\${userInfo().username}`;
    return Object.entries(process.env).map(([name, value]) => rowOf(UserName, name, value));
  });
}

function rowOf(UserName: string, name: string, value: string | undefined): PropertyBag {
  return {
    Caption: `${UserName}\\${name}`,
    Description: `${UserName}\\${name}`,
    Name: name,
    Status: 'OK',
    SystemVariable: false,
    UserName,
    VariableValue: value ?? null,
  };
}

import {
  type AppliesTo,
  getNamespaceDescriptor,
  grantPolicy,
  parseNamespaceRights,
  parseSid,
} from '@wmisec/access';
import { Command, Option } from 'commander';
import type { Io } from '../../io.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { type ChangeOptions, changeNamespaces, withChangeOptions } from './change-options.ts';

interface GrantOptions extends ConnectionOptions, ChangeOptions {
  readonly appliesTo: AppliesTo;
}

export function grantCommand(io: Io): Command {
  const command = new Command('grant')
    .description('give a SID rights beside those that it has')
    .argument('<sid>', 'S-1-...')
    .argument('<rights...>', 'such as enable remoteEnable')
    .addOption(
      new Option('--applies-to <where>', 'this namespace, its children, or both')
        .choices(['this', 'children', 'thisAndChildren'])
        .default('this'),
    );
  return withChangeOptions(withConnectionOptions(command)).action((sid, rights, options) =>
    grant(sid, rights, options, io),
  );
}

async function grant(
  sidText: string,
  rights: readonly string[],
  options: GrantOptions,
  io: Io,
): Promise<void> {
  const sid = parseSid(sidText);
  const mask = parseNamespaceRights(rights);
  await withSession(options, io, async (session) => {
    const { services } = session.connection;
    const current = await getNamespaceDescriptor(services, session.call);
    const policy = grantPolicy(current, {
      namespace: services.namespace,
      sid,
      mask,
      appliesTo: options.appliesTo,
    });
    await changeNamespaces({ namespaces: [policy] }, session, options, io);
  });
}

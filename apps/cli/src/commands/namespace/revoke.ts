import { parseSid, revokePolicy } from '@wmisec/access';
import { Command } from 'commander';
import type { Io } from '../../io.ts';
import { type ConnectionOptions, withConnectionOptions } from '../../session/connection-options.ts';
import { withSession } from '../../session/session.ts';
import { type ChangeOptions, changeNamespaces, withChangeOptions } from './change-options.ts';

export function revokeCommand(io: Io): Command {
  const command = new Command('revoke')
    .description('leave a SID no entry of the namespace')
    .argument('<sid>', 'S-1-...');
  return withChangeOptions(withConnectionOptions(command)).action((sid: string, options) =>
    revoke(sid, options, io),
  );
}

async function revoke(sidText: string, options: ConnectionOptions & ChangeOptions, io: Io): Promise<void> {
  const sid = parseSid(sidText);
  await withSession(options, io, async (session) => {
    const policy = revokePolicy(session.connection.services.namespace, sid);
    await changeNamespaces({ namespaces: [policy] }, session, options, io);
  });
}

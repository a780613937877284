import {
  type CimClass,
  type PropertyBag,
  parseObjectPath,
  WbemError,
  WbemStatus,
  WmisecError,
} from '@wmisec/wbem';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { rowWriter } from '../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { type Session, withSession } from '../session/session.ts';
import { parseParameter } from './parse-parameter.ts';

export function callCommand(io: Io): Command {
  const command = new Command('call')
    .description('call a method')
    .argument('<path>', 'of the instance, or of the class for a static method')
    .argument('<method>', 'such as GetOwner')
    .argument('[name=value...]', 'parameters; an array is JSON, Name=[1,2]');
  return withFormatOption(withConnectionOptions(command)).action((path, method, parameters, options) =>
    call(path, method, parameters, options, io),
  );
}

async function call(
  path: string,
  method: string,
  parameters: readonly string[],
  options: ConnectionOptions & OutputOptions,
  io: Io,
): Promise<void> {
  const writer = rowWriter(options.format, io);
  await withSession(options, io, async (session) => {
    const inParams = parameters.length === 0 ? {} : await inParamsOf(session, path, method, parameters);
    const result = await session.connection.services.execMethod(path, method, inParams, session.call);
    await writer.row({ ReturnValue: result.returnValue, ...result.outParams });
  });
  await writer.end();
}

/** Gives each text the type that the method declares. */
async function inParamsOf(
  session: Session,
  path: string,
  method: string,
  texts: readonly string[],
): Promise<PropertyBag> {
  const cls = await classOf(session, path);
  const declared = cls.methods.find(({ name }) => name.toLowerCase() === method.toLowerCase());
  if (declared === undefined) {
    throw new WbemError(
      WbemStatus.WBEM_E_INVALID_METHOD,
      `call: expected a method of ${cls.className}, got ${method}`,
    );
  }
  return Object.fromEntries(texts.map((text) => parseParameter(text, declared)));
}

async function classOf({ connection, call }: Session, path: string): Promise<CimClass> {
  const parsed = parseObjectPath(path);
  if (parsed.kind === 'namespace')
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `call: expected the path of an object, got the namespace ${path}`,
    );
  const object = await connection.services.getObject(parsed.className, call);
  if (object.kind === 'class') return object;
  throw new WbemError(WbemStatus.WBEM_E_INVALID_CLASS, `call: ${parsed.className} is not a class`);
}

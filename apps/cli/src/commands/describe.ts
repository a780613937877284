import { type CimClass, type CimProperty, cimTypeName, formatMof, WbemError, WbemStatus } from '@wmisec/wbem';
import { Command } from 'commander';
import { type Io, write } from '../io.ts';
import { type OutputOptions, withFormatOption } from '../output/output-options.ts';
import { type Row, rowWriter } from '../output/row-writer.ts';
import { type ConnectionOptions, withConnectionOptions } from '../session/connection-options.ts';
import { withSession } from '../session/session.ts';

interface DescribeOptions extends ConnectionOptions, OutputOptions {
  readonly mof?: boolean;
}

export function describeCommand(io: Io): Command {
  const command = new Command('describe')
    .description('show the properties and methods of a class')
    .argument('<class>', 'such as Win32_Process')
    .option('--mof', 'print the class in MOF');
  return withFormatOption(withConnectionOptions(command)).action((name: string, options) =>
    describe(name, options, io),
  );
}

async function describe(name: string, options: DescribeOptions, io: Io): Promise<void> {
  await withSession(options, io, async ({ connection, call }) => {
    const object = await connection.services.getObject(name, call);
    if (object.kind !== 'class') {
      throw new WbemError(
        WbemStatus.WBEM_E_INVALID_CLASS,
        `describe: expected the name of a class, got the instance ${name}`,
      );
    }
    if (options.mof) return write(io.stdout, `${formatMof(object)}\n`);
    const writer = rowWriter(options.format, io, ['Member', 'Type', 'Key', 'Origin']);
    for (const row of membersOf(object)) await writer.row(row);
    await writer.end();
  });
}

function membersOf(cls: CimClass): Row[] {
  return [
    ...cls.properties.map(propertyRow),
    ...cls.methods.map((method) => ({
      Member: `${method.name}(${method.inParams.map((p) => `${typeText(p)} ${p.name}`).join(', ')})`,
      Type: method.returnType === null ? 'void' : (cimTypeName(method.returnType) ?? '?'),
      Key: '',
      Origin: method.origin,
    })),
  ];
}

function propertyRow(property: CimProperty): Row {
  return {
    Member: property.name,
    Type: typeText(property),
    Key: property.isKey ? 'key' : '',
    Origin: property.origin,
  };
}

function typeText({ type, isArray }: Pick<CimProperty, 'type' | 'isArray'>): string {
  return `${cimTypeName(type) ?? '?'}${isArray ? '[]' : ''}`;
}

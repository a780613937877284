import { getNamespaceDescriptor, parseSddl, setNamespaceDescriptor } from '@wmisec/access';
import { connect } from '@wmisec/auth';
import type { EmbeddedService } from '@wmisec/embedded';
import { WbemError } from '@wmisec/wbem';
import type { Page } from './page.ts';
import { ANN, GUEST } from './people.ts';

const QUERY = 'SELECT Caption FROM Win32_OperatingSystem';
const DENY_GUESTS = '(D;CI;CCDCLCSWRPWP;;;BG)';

/** The administrator denies guests; then the same query is allowed to one and refused to another. */
export async function showRefusal(page: Page, service: EmbeddedService): Promise<void> {
  await denyGuests(service);
  await page.indented(page.colors.dim(`The administrator puts an entry before the others: ${DENY_GUESTS}`));
  await page.indented(page.colors.dim(`Then two people ask: ${QUERY}`));
  for (const person of [ANN, GUEST]) {
    try {
      await using connection = await connect('root\\cimv2', { transport: service.transport({ as: person }) });
      for await (const row of connection.query(QUERY)) {
        await page.indented(
          `${person.name.padEnd(7)}${page.colors.green('allowed')}  ${String(row['Caption'])}`,
        );
      }
    } catch (error) {
      if (!(error instanceof WbemError)) throw error;
      await showReasons(page, person.name, error);
    }
  }
}

async function denyGuests(service: EmbeddedService): Promise<void> {
  await using connection = await connect('root\\cimv2', { transport: service.transport() });
  const { services } = connection;
  const current = await getNamespaceDescriptor(services);
  const aces = [parseSddl(`D:${DENY_GUESTS}`).dacl, current.dacl].flatMap((acl) =>
    acl.kind === 'list' ? acl.aces : [],
  );
  await setNamespaceDescriptor(services, { ...current, dacl: { kind: 'list', aces } });
}

async function showReasons(page: Page, name: string, { code, refusal }: WbemError): Promise<void> {
  await page.indented(`${name.padEnd(7)}${page.colors.red('refused')}  ${code}`);
  if (refusal === undefined) return;
  const { gate, missing, ace, fix } = refusal;
  await page.labelled('       gate', gate);
  await page.labelled('       missing', missing.join(', '));
  await page.labelled(
    '       decided by',
    ace === null ? 'no entry grants it' : `ACE ${ace.index} ${ace.sddl}`,
  );
  await page.labelled('       to allow it', fix ?? 'nothing is known');
}

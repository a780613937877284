import type { Connection, ProxySecurity } from '@wmisec/auth';
import { authnLevelName, authnServiceName, type Blanket, impLevelName } from '@wmisec/wbem';
import type { Page } from './page.ts';

const WIDTHS = [12, 25, 32];

/** Each live proxy of a connection: the security asked for and the one read back. */
export async function showSecurity(page: Page, connection: Connection): Promise<void> {
  await page.columns(
    ['Proxy', 'Asked for', 'In force, read back'].map(page.colors.dim),
    widthsWithColor(page),
  );
  for (const proxy of connection.security()) {
    const proven = proxy.inForce === null ? page.colors.red('unproven') : page.colors.green('proven');
    await page.columns([proxy.proxyKind, askedText(proxy), inForceText(proxy.inForce), proven], WIDTHS);
  }
}

function askedText({ asked }: ProxySecurity): string {
  return `${short(authnLevelName(asked.authnLevel ?? 0))}, ${short(impLevelName(asked.impLevel ?? 0))}`;
}

function inForceText(inForce: Blanket | null): string {
  if (inForce === null) return 'unknown';
  const { authnLevel, impLevel, authnService } = inForce;
  return `${short(authnLevelName(authnLevel))}, ${short(impLevelName(impLevel))}, ${short(authnServiceName(authnService))}`;
}

function short(name: string): string {
  return name
    .replace(/^RPC_C_(AUTHN_LEVEL|IMP_LEVEL|AUTHN)_/, '')
    .toLowerCase()
    .replaceAll('_', ' ');
}

function widthsWithColor(page: Page): number[] {
  const invisible = page.colors.dim('').length;
  return WIDTHS.map((width) => width + invisible);
}

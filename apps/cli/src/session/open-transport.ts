import type { Transport } from '@wmisec/wbem';
import type { ConnectionOptions } from './connection-options.ts';

/** A transport, and with it what has to be released. */
export interface OpenedTransport extends AsyncDisposable {
  readonly transport: Transport;
}

/** Loads only the package that the transport needs. */
export async function openTransport({ transport }: ConnectionOptions): Promise<OpenedTransport> {
  const name = transport ?? (process.platform === 'win32' ? 'native' : 'embedded');
  return name === 'native' ? openNative() : openEmbedded();
}

async function openNative(): Promise<OpenedTransport> {
  const { native } = await import('@wmisec/com-core');
  return { transport: native(), [Symbol.asyncDispose]: async () => {} };
}

async function openEmbedded(): Promise<OpenedTransport> {
  const { createService } = await import('@wmisec/embedded');
  const service = await createService();
  return { transport: service.transport(), [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}

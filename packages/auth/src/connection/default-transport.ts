import { type Transport, WmisecError } from '@wmisec/wbem';

/** @throws WmisecError `TRANSPORT_REQUIRED` off Windows. */
export async function defaultTransport(): Promise<Transport> {
  if (process.platform !== 'win32') {
    const message = `expected a transport on ${process.platform}, got none: native COM is on Windows only`;
    throw new WmisecError('TRANSPORT_REQUIRED', message);
  }
  const { native } = await import('@wmisec/com-core');
  return native();
}

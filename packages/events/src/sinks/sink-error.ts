import { failed, type SinkStatus, WbemError, WbemStatus } from '@wmisec/wbem';

/** What a subscription ended with. That it went well is no reason to end. */
export function sinkError({ status, extendedStatus }: SinkStatus): WbemError {
  const options = { operation: 'receive', ...(extendedStatus !== null && { extendedStatus }) };
  if (!failed(status))
    return new WbemError(
      WbemStatus.WBEM_E_FAILED,
      'receive: the service ended the subscription without a reason',
      options,
    );
  const told = extendedStatus?.['Description'];
  return new WbemError(status, typeof told === 'string' ? `receive: ${told}` : undefined, options);
}

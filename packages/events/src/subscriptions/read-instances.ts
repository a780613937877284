import { type CallOptions, type CimInstance, WbemError, type WbemServices, WbemStatus } from '@wmisec/wbem';

const BATCH = 100;

/** Instances of a class that are read: a machine that is not to be trusted may give them without end. */
const MAX_INSTANCES = 20_000;

const COMPLETE: ReadonlySet<number> = new Set([WbemStatus.WBEM_S_NO_ERROR, WbemStatus.WBEM_S_FALSE]);

/**
 * All instances of a class and of those below it.
 * @param onMissing called when some are missing: the service says so, or there are too many.
 * @throws WbemError `WBEM_E_QUOTA_VIOLATION` for too many, without `onMissing`.
 */
export async function readInstances(
  services: WbemServices,
  className: string,
  options?: CallOptions,
  onMissing?: (status: number) => void,
): Promise<CimInstance[]> {
  const found: CimInstance[] = [];
  await using rows = await services.createInstanceEnum(className, options);
  for (let done = false; !done; ) {
    const batch = await rows.next(BATCH, options);
    found.push(...batch.objects);
    if (!COMPLETE.has(batch.status)) onMissing?.(batch.status);
    done = batch.done || found.length >= MAX_INSTANCES;
    if (done && !batch.done) tooMany(className, onMissing);
  }
  return found;
}

function tooMany(className: string, onMissing?: (status: number) => void): void {
  const error = new WbemError(
    WbemStatus.WBEM_E_QUOTA_VIOLATION,
    `expected ${MAX_INSTANCES} instances of ${className} at most, got more`,
  );
  if (onMissing === undefined) throw error;
  onMissing(error.hresult);
}

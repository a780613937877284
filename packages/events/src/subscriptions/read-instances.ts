import { type CallOptions, type CimInstance, type WbemServices, WbemStatus } from '@wmisec/wbem';

const BATCH = 100;

const COMPLETE: ReadonlySet<number> = new Set([WbemStatus.WBEM_S_NO_ERROR, WbemStatus.WBEM_S_FALSE]);

/**
 * All instances of a class and of those below it.
 * @param onMissing called when the service says that some are missing.
 */
export async function readInstances(
  services: WbemServices,
  className: string,
  options?: CallOptions,
  onMissing: (status: number) => void = () => {},
): Promise<CimInstance[]> {
  const found: CimInstance[] = [];
  await using rows = await services.createInstanceEnum(className, options);
  for (let done = false; !done; ) {
    const batch = await rows.next(BATCH, options);
    found.push(...batch.objects);
    if (!COMPLETE.has(batch.status)) onMissing(batch.status);
    done = batch.done;
  }
  return found;
}

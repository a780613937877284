import type { CimObject, ObjectSink, SinkStatus } from '@wmisec/wbem';

/** A sink that remembers what it was told, in order. */
export class RecordingSink implements ObjectSink {
  readonly objects: CimObject[] = [];
  readonly statuses: SinkStatus[] = [];
  /** `indicate 3`, `progress`, `complete 0x0`. */
  readonly log: string[] = [];
  #rings: (() => void)[] = [];

  indicate(objects: readonly CimObject[]): void {
    this.objects.push(...objects);
    this.#tell(`indicate ${objects.length}`);
  }

  setStatus(status: SinkStatus): void {
    this.statuses.push(status);
    this.#tell(status.kind === 'progress' ? 'progress' : `complete 0x${status.status.toString(16)}`);
  }

  /** Waits for the final status. */
  async complete(): Promise<SinkStatus> {
    await this.#until(() => this.statuses.at(-1)?.kind === 'complete');
    return this.statuses.at(-1)!;
  }

  async received(count: number): Promise<readonly CimObject[]> {
    await this.#until(() => this.objects.length >= count);
    return this.objects;
  }

  #tell(line: string): void {
    this.log.push(line);
    for (const ring of this.#rings.splice(0)) ring();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#rings.push(resolve));
  }
}

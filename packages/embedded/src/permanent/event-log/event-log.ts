import { hostname } from 'node:os';
import type { Sid } from '@wmisec/access';
import type { Repository, RepositoryWriter } from '../../repository/repository.ts';
import type { Clock } from '../../service/clock.ts';

/** `EVENTLOG_*_TYPE` of winnt.h. */
export const EventType = {
  Success: 0,
  Error: 1,
  Warning: 2,
  Information: 4,
  AuditSuccess: 8,
  AuditFailure: 16,
} as const;

export interface EventLogEntry {
  readonly source: string;
  /** All 32 bits, severity and facility included. */
  readonly eventId: number;
  /** One of `EventType`. */
  readonly type: number;
  readonly category: number;
  readonly strings: readonly string[];
  readonly data: readonly number[] | null;
  /** Whom it is about; null for nobody. */
  readonly user: Sid | null;
}

export interface EventLogRecord extends EventLogEntry {
  /** From 1, never given twice. */
  readonly number: number;
  readonly at: Date;
  readonly computer: string;
}

/** Records that are kept; the oldest give way. */
export const MAX_RECORDS = 2_000;

/** Characters and bytes that one record may hold, as `ReportEvent` takes them. */
const MAX_CHARACTERS = 31_839;

/** Strings that one record may hold, and characters of its source: both are kept as often as there are records. */
const MAX_STRINGS = 256;
const MAX_SOURCE = 255;

const RECORDS = 'event-log';
const STATE = 'event-log-state';
const NEXT = 'next';

/**
 * The Application log of the service. It is kept where namespaces and instances are, as durably as they are, and read
 * as `Win32_NTLogEvent`.
 */
export class EventLog {
  readonly #repository: Repository;
  readonly #clock: Clock;

  constructor(repository: Repository, clock: Clock) {
    this.#repository = repository;
    this.#clock = clock;
  }

  /** Resolves when the record is as durable as the repository is. What is too long is cut. */
  async append(entry: EventLogEntry): Promise<void> {
    const at = this.#clock.now();
    await this.#repository.transact((writer) => {
      const number = nextNumber(writer);
      const record: EventLogRecord = { ...bounded(entry), number, at, computer: hostname() };
      writer.putPrivateRecord(STATE, NEXT, number + 1);
      writer.putPrivateRecord(RECORDS, String(number), record);
      writer.deletePrivateRecord(RECORDS, String(number - MAX_RECORDS));
    });
  }

  /** Oldest first. */
  records(): readonly EventLogRecord[] {
    return Array.from(this.#repository.privateRecords(RECORDS)) as EventLogRecord[];
  }

  get(number: number): EventLogRecord | null {
    return (this.#repository.getPrivateRecord(RECORDS, String(number)) as EventLogRecord | undefined) ?? null;
  }
}

function nextNumber(writer: RepositoryWriter): number {
  return (writer.getPrivateRecord(STATE, NEXT) as number | undefined) ?? 1;
}

function bounded(entry: EventLogEntry): EventLogEntry {
  let left = MAX_CHARACTERS;
  const strings: string[] = [];
  for (const text of entry.strings.slice(0, MAX_STRINGS)) {
    strings.push(text.slice(0, left));
    left -= Math.min(text.length, left);
  }
  const source = entry.source.slice(0, MAX_SOURCE);
  return { ...entry, source, strings, data: entry.data?.slice(0, MAX_CHARACTERS) ?? null };
}

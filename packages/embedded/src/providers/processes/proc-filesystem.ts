import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ProcessFacts, ProcessSource } from './process-facts.ts';

/** Linux counts process times in hundredths of a second wherever user programs read them, proc(5). */
const TICK_MS = 10;
const TICK_100NS = 100_000n;
const BATCH = 64;
/** What the kernel keeps of a name. */
const SHORT_NAME = 15;

/** The processes of a Linux machine, read from /proc itself: no other program has to be installed or started. */
export function procFilesystem(root = '/proc'): ProcessSource {
  return {
    *list() {
      const pids = readdirSync(root).filter((name) => /^\d+$/.test(name));
      const bootTime = readBootTime(root);
      for (let i = 0; i < pids.length; i += BATCH)
        yield pids.slice(i, i + BATCH).flatMap((pid) => ProcEntry.open(root, pid, bootTime) ?? []);
    },
    async find(pid) {
      return ProcEntry.open(root, String(pid), readBootTime(root));
    },
  };
}

class ProcEntry implements ProcessFacts {
  readonly pid: number;
  readonly #directory: string;
  readonly #bootTime: number | null;
  readonly #shortName: string;
  /** The fields of `stat` behind the name: the state is the first. */
  readonly #stat: readonly string[];
  #status: ReadonlyMap<string, string> | null = null;

  private constructor(root: string, pid: string, bootTime: number | null, stat: string) {
    const end = stat.lastIndexOf(')');
    this.#directory = `${root}/${pid}`;
    this.#bootTime = bootTime;
    this.#shortName = stat.slice(stat.indexOf('(') + 1, end);
    this.#stat = stat.slice(end + 2).split(' ');
    this.pid = Number(pid);
  }

  /** @returns null when the process has ended. */
  static open(root: string, pid: string, bootTime: number | null): ProcEntry | null {
    const stat = readText(`${root}/${pid}/stat`);
    return stat === null ? null : new ProcEntry(root, pid, bootTime, stat);
  }

  get name(): string {
    if (this.#shortName.length < SHORT_NAME) return this.#shortName;
    const program = this.#arguments()[0]?.split('/').at(-1) ?? '';
    return program.startsWith(this.#shortName) ? program : this.#shortName;
  }

  get parentPid(): number | null {
    return this.#number(1);
  }

  get commandLine(): string | null {
    const all = this.#arguments();
    return all.length === 0 ? null : all.map(quoted).join(' ');
  }

  get executablePath(): string | null {
    try {
      return readlinkSync(`${this.#directory}/exe`);
    } catch {
      return null;
    }
  }

  get started(): Date | null {
    const ticks = this.#number(19);
    if (ticks === null || this.#bootTime === null) return null;
    return new Date(this.#bootTime + ticks * TICK_MS);
  }

  get threads(): number | null {
    return this.#number(17);
  }

  get handles(): number | null {
    try {
      return readdirSync(`${this.#directory}/fd`).length;
    } catch {
      return null;
    }
  }

  /** Niceness -20 to 19 is laid over the priorities of the normal classes, 8 being the middle of both. */
  get priority(): number | null {
    const nice = this.#number(16);
    return nice === null ? null : Math.round(nice <= 0 ? 8 - (nice * 7) / 20 : 8 - (nice * 7) / 19);
  }

  get userTime(): bigint | null {
    return this.#ticks(11);
  }

  get kernelTime(): bigint | null {
    return this.#ticks(12);
  }

  get workingSet(): bigint | null {
    return this.#bytes('VmRSS');
  }

  get peakWorkingSet(): bigint | null {
    return this.#bytes('VmHWM');
  }

  get virtualSize(): bigint | null {
    const bytes = this.#stat[20];
    return bytes === undefined ? null : BigInt(bytes);
  }

  get pageFaults(): number | null {
    const [minor, major] = [this.#number(7), this.#number(9)];
    return minor === null || major === null ? null : (minor + major) % 0x1_0000_0000;
  }

  get ownerName(): string | null {
    const uid = this.#statusLines().get('Uid')?.split('\t')[0];
    return uid === undefined ? null : (userName(uid) ?? uid);
  }

  #number(field: number): number | null {
    const text = this.#stat[field];
    return text === undefined ? null : Number(text);
  }

  #ticks(field: number): bigint | null {
    const text = this.#stat[field];
    return text === undefined ? null : BigInt(text) * TICK_100NS;
  }

  /** A kernel thread has no memory of its own, and no such line. */
  #bytes(line: string): bigint | null {
    const kilobytes = this.#statusLines().get(line)?.split(' ')[0];
    return kilobytes === undefined ? null : BigInt(kilobytes) * 1024n;
  }

  #statusLines(): ReadonlyMap<string, string> {
    this.#status ??= new Map(
      (readText(`${this.#directory}/status`) ?? '').split('\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
    );
    return this.#status;
  }

  #arguments(): string[] {
    const text = readText(`${this.#directory}/cmdline`) ?? '';
    return text === '' ? [] : text.replace(/\0+$/, '').split('\0');
  }
}

/** Milliseconds since 1970; null when the kernel does not tell. */
function readBootTime(root: string): number | null {
  const seconds = /^btime (\d+)$/m.exec(readText(`${root}/stat`) ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

function userName(uid: string): string | null {
  const line = (readText('/etc/passwd') ?? '').split('\n').find((l) => l.split(':')[2] === uid);
  return line?.split(':')[0] ?? null;
}

function quoted(argument: string): string {
  return /[\s"]/.test(argument) || argument === '' ? `"${argument.replaceAll('"', '\\"')}"` : argument;
}

/** null for what has gone, or may not be read. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

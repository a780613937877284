import type { Systeminformation } from 'systeminformation';
import { loadSystemInformation } from '../load-system-information.ts';
import type { ProcessFacts, ProcessSource } from './process-facts.ts';

/** The processes as the operating system's own tools list them: macOS, Windows and the BSDs. */
export function listedProcesses(): ProcessSource {
  return {
    async *list() {
      yield (await readAll()).map(factsOf);
    },
    async find(pid) {
      const found = (await readAll()).find((process) => process.pid === pid);
      return found === undefined ? null : factsOf(found);
    },
  };
}

async function readAll(): Promise<Systeminformation.ProcessesProcessData[]> {
  const { processes } = await loadSystemInformation();
  return (await processes()).list;
}

function factsOf(process: Systeminformation.ProcessesProcessData): ProcessFacts {
  const { pid, parentPid, name, command, params, path, memRss, memVsz, started, user } = process;
  return {
    pid,
    parentPid,
    name,
    commandLine: [command, params].filter(Boolean).join(' ') || null,
    executablePath: path || null,
    started: dateOf(started),
    threads: null,
    handles: null,
    priority: null,
    kernelTime: null,
    userTime: null,
    workingSet: kilobytes(memRss),
    peakWorkingSet: null,
    virtualSize: kilobytes(memVsz),
    pageFaults: null,
    ownerName: user || null,
  };
}

function kilobytes(value: number): bigint | null {
  return Number.isFinite(value) ? BigInt(Math.round(value)) * 1024n : null;
}

function dateOf(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

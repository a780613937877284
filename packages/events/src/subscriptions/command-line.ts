/** A command line as Windows takes it apart: its program, up to the first blank outside of quotes, and the rest. */
export function splitCommandLine(commandLine: string): { readonly program: string; readonly rest: string } {
  const text = commandLine.trimStart();
  const end = text.startsWith('"') ? text.indexOf('"', 1) + 1 : text.search(/\s/);
  const cut = end <= 0 ? text.length : end;
  return { program: text.slice(0, cut).replaceAll('"', ''), rest: text.slice(cut).trim() };
}

/** The last part of a path, in lower case, without `.exe` and the like. */
export function programName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return name.toLowerCase().replace(/\.(exe|com|bat|cmd)$/, '');
}

/** True for `C:\x`, `\\server\x` and `/x`. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\[^\\]|\/)/i.test(path);
}

/** Programs that run what their arguments say. */
const INTERPRETERS: ReadonlySet<string> = new Set([
  ...['cmd', 'command', 'powershell', 'powershell_ise', 'pwsh', 'wscript', 'cscript', 'mshta', 'wmic'],
  ...['rundll32', 'regsvr32', 'msiexec', 'msbuild', 'installutil', 'forfiles', 'pcalua', 'conhost', 'bash'],
  ...['sh', 'wsl', 'python', 'pythonw', 'python3', 'py', 'perl', 'ruby', 'php', 'node', 'java', 'javaw'],
]);

/** True for a shell, an interpreter or a program that loads what its arguments name; a batch file is cmd's. */
export function isInterpreter(program: string): boolean {
  return /\.(?:bat|cmd)$/i.test(program) || INTERPRETERS.has(programName(program));
}

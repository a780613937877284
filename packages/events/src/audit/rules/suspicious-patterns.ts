/** UTF-16 units of a command or script that are looked at. */
const LOOKED_AT = 256 * 1024;

/**
 * Each says what it stands for; none of them can take more than linear time. PowerShell takes a slash and every dash
 * before a parameter.
 */
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an encoded command', /[-–—―/]e(?:c|n[a-z]{0,13})?\s+["']?[a-z0-9+/=]{16}/i],
  ['text in Base64', /frombase64string|[a-z0-9+/]{200}/i],
  ['a hidden window', /[-–—―/]w(?:in|indow|indowstyle)?\s+(?:hidden|1)\b|vbhide|\bstart\s+\/b\b/i],
  ['an execution policy that is bypassed', /[-–—―/]e(?:p|x|xec|xecutionpolicy)\s+(?:bypass|unrestricted)/i],
  ['a download', /downloadstring|downloadfile|downloaddata|invoke-webrequest|\biwr\b|start-bitstransfer/i],
  ['a download', /certutil(?:\.exe)?\s.{0,40}[-/]urlcache|bitsadmin|urldownloadtofile|\bcurl(?:\.exe)?\s/i],
  ['an HTTP request', /\bhttps?:\/\/|msxml2\.(?:server)?xmlhttp|winhttp\.winhttprequest/i],
  [
    'code made at run time',
    /\biex\b|invoke-expression|\beval\s*\(|\bexecute(?:global)?[\s(]|reflection\.assembly/i,
  ],
  ['a scriptlet or script host', /\bmshta\b|scrobj\.dll|\bregsvr32\b|javascript:|vbscript:|\binstallutil\b/i],
  ['a shell started from a script', /wscript\.shell|shell\.application|win32_process\b.{0,40}create/i],
  ['a file dropped by a script', /adodb\.stream|savetofile|scripting\.filesystemobject|createtextfile/i],
  [
    'a program where users can write',
    /\\(?:temp|tmp|appdata|programdata|public|perflogs|recycler|\$recycle\.bin)\\/i,
  ],
  [
    'a program where users can write',
    /%(?:temp|tmp|appdata|localappdata|public|programdata)%|\/tmp\/|\/dev\/shm\//i,
  ],
  ['a program on another machine', /(?:^|[\s"'=])\\\\[\w.-]+\\[\w.$-]+\\/],
  [
    'a change of accounts or logons',
    /\bnet1?(?:\.exe)?\s+(?:user|localgroup)\b|\bsekurlsa\b|\blsass\b|\bmimikatz\b/i,
  ],
];

/** What in a command or script is what attackers use. */
export function suspiciousPatterns(text: string): string[] {
  const looked = text.slice(0, LOOKED_AT);
  return [...new Set(PATTERNS.filter(([, pattern]) => pattern.test(looked)).map(([what]) => what))];
}

/** What `-EncodedCommand` carries, Base64 of UTF-16; null without one. */
export function decodedCommand(text: string): string | null {
  const found = /[-–—―/]e(?:c|n[a-z]{0,13})?\s+["']?([a-z0-9+/=]{16,65536})/i.exec(text.slice(0, LOOKED_AT));
  if (found === null) return null;
  const decoded = Buffer.from(found[1]!, 'base64').toString('utf16le');
  return /^[\t\n\r -~]+$/.test(decoded) ? decoded : null;
}

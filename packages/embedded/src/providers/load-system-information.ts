/** The library that asks the operating system, loaded when it is first needed: its import alone takes a while. */
export async function loadSystemInformation(): Promise<typeof import('systeminformation')> {
  return (await import('systeminformation')).default;
}

/**
 * Where the program of a worker thread is: a file of this package, beside the bundle, or beside the source when
 * the sources run themselves.
 */
export function programUrl(name: string, folder: string): URL {
  const own = import.meta.url;
  return own.endsWith('.ts') ? new URL(`../${folder}/${name}.ts`, own) : new URL(`./${name}.js`, own);
}

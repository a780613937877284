// Loaded into every Windows node.exe that runs under Wine, through NODE_OPTIONS. It mends two differences:
// * Wine shows symbolic links as plain folders, so that pnpm's links are never left for their targets.
//   GetFinalPathNameByHandle (realpath.native) does see the target.
// * libuv cannot open a Unix pipe as a Windows one (EBADF); writing to its descriptor works.
'use strict';

const fs = require('node:fs');
const nodeModule = require('node:module');
const { Writable } = require('node:stream');
const url = require('node:url');

if (process.platform === 'win32') {
  followLinks();
  mendStream('stdout', 1);
  mendStream('stderr', 2);
}

function followLinks() {
  const native = fs.realpathSync.native;
  const nativeAsync = fs.realpath.native;
  fs.realpathSync = Object.assign((path, options) => native(path, options), { native });
  fs.realpath = Object.assign((path, options, done) => nativeAsync(path, options, done), {
    native: nativeAsync,
  });
  nodeModule.syncBuiltinESMExports();

  const known = new Map();
  const realPath = (path) => {
    if (!known.has(path)) known.set(path, attempt(() => native(path)) ?? path);
    return known.get(path);
  };
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (!found.url?.startsWith('file:')) return found;
      const path = url.fileURLToPath(found.url);
      const target = realPath(path);
      if (target === path) return found;
      return { ...found, url: url.pathToFileURL(target).href + new URL(found.url).search };
    },
  });
}

function mendStream(name, fd) {
  if (attempt(() => process[name]) !== undefined) return;
  const stream = new Writable({
    write(chunk, _encoding, done) {
      let written = 0;
      while (written < chunk.length) written += fs.writeSync(fd, chunk, written);
      done();
    },
  });
  stream.fd = fd;
  stream._type = 'fs';
  stream.destroySoon = stream.destroy;
  stream._destroy = (error, done) => done(error);
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream });
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

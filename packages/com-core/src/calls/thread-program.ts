/**
 * What a call thread runs, as JavaScript text: a worker made from text needs no file of its own, also when
 * this package is bundled. It does three things, see `ThreadTask`. A failed call is answered with the
 * `IErrorInfo` that the callee left for this very thread.
 */
export const threadProgram = `
const { parentPort, workerData } = require('node:worker_threads');
const koffi = require(workerData.koffi);
const oleaut32 = koffi.load('oleaut32.dll');
const setErrorInfo = oleaut32.func('SetErrorInfo', 'uint32', ['uint32', 'int64']);
const getErrorInfo = oleaut32.func('GetErrorInfo', 'uint32', ['uint32', 'int64']);
const destroy = oleaut32.func('SafeArrayDestroy', 'uint32', ['int64']);
const copy = koffi.load('kernel32.dll').func('RtlMoveMemory', 'void', ['int64', 'int64', 'int64']);
const place = Number(koffi.alloc('uint8_t', 16));
const words = new Uint32Array(koffi.view(BigInt(place), 16));
const functions = new Map();
const HIGH = 2 ** 32;
const FAILED = 0x80000000;
const E_ACCESSDENIED = 0x80070005;
let identity;

// Arrays are given back while the answer travels: the waiting side does not wait for that.
parentPort.on('message', (task) => {
  parentPort.postMessage(task.token === undefined ? perform(task) : performAs(task));
  if (task.kind === 'fetch') free(task);
});

function perform(task) {
  return task.kind === 'free' ? free(task) : run[task.kind](task);
}

// A call whose token cannot be put on is not made, and a thread that cannot take it off again is given up.
function performAs(task) {
  identity ??= {
    setThreadToken: advapi32().func('SetThreadToken', 'int', ['int64', 'int64']),
    revertToSelf: advapi32().func('RevertToSelf', 'int', []),
  };
  if (identity.setThreadToken(0, task.token) === 0) return [E_ACCESSDENIED, 0, 0];
  try {
    return perform(task);
  } finally {
    if (identity.revertToSelf() === 0) throw new Error('the thread could not revert to the process');
  }
}

function advapi32() {
  return koffi.load('advapi32.dll');
}

const run = {
  call({ address, widths, args }) {
    return answer(functionAt(address, widths), args, 0);
  },
  fetch({ address, widths, self, timeout, size, objects, variants, plan }) {
    words[2] = 0;
    const result = answer(functionAt(address, widths), [self, timeout, size, objects, place + 8], size);
    if (result[0] < FAILED && plan !== null) fill(objects, result[2], variants, plan);
    return result;
  },
};

function free({ spent }) {
  for (const array of spent) destroy(array);
  return [0, 0, 0];
}

function answer(call, args, most) {
  setErrorInfo(0, 0);
  const hresult = call(...args);
  const hasInfo = hresult >= FAILED && getErrorInfo(0, place) === 0;
  return [hresult, hasInfo ? words[0] + words[1] * HIGH : 0, Math.min(words[2], most)];
}

function functionAt(address, widths) {
  const key = address + ':' + widths;
  let found = functions.get(key);
  if (found === undefined) functions.set(key, (found = koffi.decode(address, koffi.proto('uint32', widths))));
  return found;
}

function fill(objects, count, variants, { getOffset, getWidths, className, classes, width }) {
  const pointers = new Uint32Array(koffi.view(BigInt(objects), count * 8));
  const halves = new Uint16Array(koffi.view(BigInt(variants), count * width * 24));
  const longs = new Uint32Array(halves.buffer);
  const known = new Map(classes.map(([name, texts], index) => [name, { index, texts }]));
  const { string16 } = koffi.decode;
  let vtable = 0;
  let get;
  let name = '';
  let found;
  let at = 0;
  for (let row = 0; row < count; row++) {
    const object = pointers[row * 2] + pointers[row * 2 + 1] * HIGH;
    const table = pointerAt(object);
    if (table !== vtable) {
      vtable = table;
      get = functionAt(pointerAt(vtable + getOffset), getWidths);
    }
    get(object, className, 0, variants + at, 0, 0);
    const text = halves[at >> 1] === 8 ? longs[(at >> 2) + 2] + longs[(at >> 2) + 3] * HIGH : 0;
    const own = text === 0 ? '' : string16(text);
    if (own !== name) found = known.get((name = own));
    halves[(at >> 1) + 1] = found === undefined ? 0 : found.index + 1;
    at += 24;
    if (found === undefined) continue;
    const { texts } = found;
    for (let i = 0; i < texts.length; i++) {
      const hresult = get(object, texts[i], 0, variants + at, 0, 0);
      if (hresult >= FAILED) {
        halves[at >> 1] = 10;
        longs[(at >> 2) + 2] = hresult;
      }
      at += 24;
    }
  }
}

function pointerAt(address) {
  copy(place, address, 8);
  return words[0] + words[1] * HIGH;
}
`;

/**
 * What a call thread runs, as JavaScript text: a worker made from text needs no file of its own, also when
 * this package is bundled. It does two things, see `ThreadTask`. A failed call is answered with the
 * `IErrorInfo` that the callee left for this very thread.
 */
export const threadProgram = `
const { parentPort, workerData } = require('node:worker_threads');
const koffi = require(workerData.koffi);
const oleaut32 = koffi.load('oleaut32.dll');
const setErrorInfo = oleaut32.func('SetErrorInfo', 'uint32', ['uint32', 'int64']);
const getErrorInfo = oleaut32.func('GetErrorInfo', 'uint32', ['uint32', 'int64']);
const destroyData = oleaut32.func('SafeArrayDestroyData', 'uint32', ['int64']);
const { string16, int64 } = koffi.decode;
const place = Number(koffi.alloc('uint8_t', 16));
const words = new Uint32Array(koffi.view(BigInt(place), 16));
const functions = new Map();
const HIGH = 2 ** 32;
const FAILED = 0x80000000;
const BSTR = 8;
const ERROR = 10;
const VARIANT = 24;
const E_ACCESSDENIED = 0x80070005;
// In a room: its second SAFEARRAY, in bytes, and the element counts of both, in 32-bit words.
const VALUES = 32;
const OBJECT_COUNT = 6;
const VALUE_COUNT = 14;
let identity;

parentPort.on('message', (task) => {
  parentPort.postMessage(task.token === undefined ? perform(task) : performAs(task));
});

function perform(task) {
  return task.kind === 'fetch' ? fetch(task) : answer(functionAt(task), task.args, 0);
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

function answer(call, args, most) {
  setErrorInfo(0, 0);
  const hresult = call(...args);
  const hasInfo = hresult >= FAILED && getErrorInfo(0, place) === 0;
  return [hresult, hasInfo ? words[0] + words[1] * HIGH : 0, Math.min(words[2], most)];
}

function functionAt({ address, widths }) {
  const key = address + ':' + widths;
  let found = functions.get(key);
  if (found === undefined) functions.set(key, (found = koffi.decode(address, koffi.proto('uint32', widths))));
  return found;
}

function fetch(task) {
  const { self, timeout, size, room, plan } = task;
  const longs = new Uint32Array(koffi.view(BigInt(room.ptr), room.bytes));
  clear(room, longs);
  words[2] = 0;
  const result = answer(functionAt(task), [self, timeout, size, room.ptr + room.firstObject, place + 8], size);
  longs[OBJECT_COUNT] = result[2];
  if (result[0] < FAILED && plan !== null) longs[VALUE_COUNT] = fill(longs, result[2], room, plan);
  return result;
}

function clear({ ptr }, longs) {
  destroyData(ptr + VALUES);
  destroyData(ptr);
  longs[VALUE_COUNT] = 0;
  longs[OBJECT_COUNT] = 0;
}

// Returns the number of values. Rows of a single class are not compared with it here: whoever reads them does.
function fill(longs, count, { ptr, firstObject, firstValue }, { getOffset, getWidths, className, classes }) {
  const halves = new Uint16Array(longs.buffer);
  const known = new Map(classes.map(([name, texts], i) => [name, { index: i + 1, texts }]));
  let [found] = known.values();
  let name = classes[0][0];
  let vtable = 0;
  let get;
  let at = firstValue;
  for (let from = firstObject >> 2, end = from + 2 * count; from < end; from += 2) {
    const object = longs[from] + longs[from + 1] * HIGH;
    const table = int64(object);
    if (table !== vtable) {
      vtable = table;
      get = functionAt({ address: Number(int64(Number(table) + getOffset)), widths: getWidths });
    }
    get(object, className, 0, ptr + at, 0, 0);
    if (known.size > 1) {
      const text = halves[at >> 1] === BSTR ? longs[(at >> 2) + 2] + longs[(at >> 2) + 3] * HIGH : 0;
      const own = text === 0 ? '' : string16(text);
      if (own !== name) found = known.get((name = own));
    }
    halves[(at >> 1) + 1] = found === undefined ? 0 : found.index;
    at += VARIANT;
    if (found === undefined) continue;
    const { texts } = found;
    for (let i = 0; i < texts.length; i++) {
      const hresult = get(object, texts[i], 0, ptr + at, 0, 0);
      if (hresult >= FAILED) {
        halves[at >> 1] = ERROR;
        longs[(at >> 2) + 2] = hresult;
      }
      at += VARIANT;
    }
  }
  return (at - firstValue) / VARIANT;
}
`;

import { setTimeout as sleep } from 'node:timers/promises';
import { defineClass, type Provider } from '@wmisec/wbem';

const misfit = defineClass({
  name: 'Test_Misfit',
  qualifiers: { dynamic: true },
  properties: { Name: { type: 'string', key: true }, Value: 'uint32' },
  methods: {
    Throw: { static: true },
    ThrowLater: { static: true },
    Hang: { static: true },
    Block: { static: true, in: { Milliseconds: { type: 'uint32', value: 3000 } } },
    WrongResult: { static: true, returns: 'uint32' },
    Exit: { static: true },
    Fine: { static: true, returns: 'uint32' },
  },
});

const never = new Promise<never>(() => {});

const methods: Readonly<Record<string, (milliseconds: number) => unknown>> = {
  Throw: () => {
    throw new TypeError('the secret is 1234');
  },
  ThrowLater: () => {
    setTimeout(() => {
      throw new TypeError('nobody catches this');
    }, 1);
    return sleep(20, {});
  },
  Hang: () => never,
  Block: (milliseconds) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    return {};
  },
  WrongResult: () => ({ returnValue: 'seven', outParams: {} }),
  Exit: () => process.exit(3),
  Fine: () => ({ returnValue: 7, outParams: {} }),
};

/** What each row of a class that goes wrong is, by the value of the context or the name in the key. */
const rows: Readonly<Record<string, () => Iterable<unknown> | AsyncIterable<unknown>>> = {
  wrongType: () => [[{ Name: 'a', Value: 'many' }]],
  noRows: () => [7],
  async *flood() {
    for (let i = 0; ; i++) yield Array.from({ length: 1000 }, (_, k) => ({ Name: `${i}-${k}`, Value: k }));
  },
};

/** A provider with every fault that a host has to bear. */
const provider: Provider = {
  name: 'Misbehaving',
  classes: [
    misfit,
    ...Object.keys(rows).map((name) => defineClass({ name: `Test_${name}`, superclass: misfit })),
  ],
  enumerate: (className) => rows[className.replace('Test_', '')]?.() as Iterable<never>,
  async execMethod(_className, _keys, method, { Milliseconds }) {
    return (await methods[method]!(Number(Milliseconds))) as never;
  },
};

export default provider;

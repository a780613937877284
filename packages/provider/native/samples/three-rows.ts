import { defineClass, type Provider } from '@wmisec/wbem';

const counter = defineClass({
  name: 'Test_Counter',
  qualifiers: { dynamic: true },
  properties: { Name: { type: 'string', key: true }, Value: 'uint32' },
});

/** A provider of three rows. */
const provider: Provider = {
  name: 'ThreeRows',
  classes: [counter],
  async *enumerate() {
    yield [
      { Name: 'a', Value: 1 },
      { Name: 'b', Value: 2 },
    ];
    yield [{ Name: 'c', Value: 4_000_000_000 }];
  },
};

export default provider;

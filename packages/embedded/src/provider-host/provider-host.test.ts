import { setTimeout as sleep } from 'node:timers/promises';
import {
  defineClass,
  instanceOf,
  type PropertyBag,
  type Provider,
  WbemError,
  WbemStatus,
} from '@wmisec/wbem';
import { expect, test, vi } from 'vitest';
import { createService } from '../service/create-service.ts';
import { all, open } from '../testing.ts';

const door = defineClass({
  name: 'Acme_Door',
  qualifiers: { dynamic: true, provider: 'Doors' },
  properties: {
    Id: { type: 'uint32', key: true },
    Colour: { type: 'string', value: 'white' },
    Width: 'uint8',
  },
  methods: { Open: { in: { Code: 'string', Times: { type: 'uint8', value: 1 } }, returns: 'uint32' } },
});

function doors(changes: Partial<Provider>): Provider {
  return { name: 'Doors', classes: [door], ...changes };
}

async function openWith(...providers: Provider[]) {
  return open(await createService({ providers }), 'root\\cimv2');
}

test('rows get the class, its order, its defaults and their path', async () => {
  const services = await openWith(
    doors({ enumerate: () => [[{ Width: 90, Id: 1 }], [], [{ Id: 2, Colour: 'red' }]] }),
  );
  expect(await all(services.createInstanceEnum('Acme_Door'))).toMatchObject([
    { path: 'Acme_Door.Id=1', properties: { Id: 1, Colour: 'white', Width: 90 } },
    { path: 'Acme_Door.Id=2', properties: { Id: 2, Colour: 'red', Width: null } },
  ]);
});

test('a provider is told who calls, and which properties the query reads', async () => {
  const enumerate = vi.fn((): PropertyBag[][] => []);
  const services = await openWith(doors({ enumerate }));
  await all(services.execQuery('SELECT colour FROM Acme_Door WHERE WIDTH > 80', { context: { Hint: 'x' } }));
  expect(enumerate).toHaveBeenCalledWith(
    'Acme_Door',
    expect.objectContaining({
      namespace: 'root\\cimv2',
      properties: new Set(['Id', 'Colour', 'Width']),
      where: { kind: 'compare', property: ['WIDTH'], operator: '>', value: 80n },
      caller: expect.objectContaining({
        sid: expect.stringMatching(/-500$/),
        remote: false,
        authnLevel: 6,
        impLevel: 3,
      }),
      context: { Hint: 'x' },
    }),
  );
});

test('a fault in a provider becomes WBEM_E_PROVIDER_FAILURE, and its message stays inside', async () => {
  const fault = () => {
    throw new TypeError('password is hunter2');
  };
  const services = await openWith(doors({ enumerate: fault, getInstance: fault, execMethod: fault }));
  const calls = [
    all(services.createInstanceEnum('Acme_Door')),
    services.getObject('Acme_Door=1'),
    all(services.execQuery('SELECT * FROM Acme_Door WHERE Id = 1')),
  ];
  for (const call of calls) {
    const error: unknown = await call.catch((e) => e);
    expect(error).toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
      message: expect.stringContaining('Doors'),
    });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  }
});

test('a fault after some rows gives the rows first, and fails for good', async () => {
  const services = await openWith(
    doors({
      async *enumerate() {
        yield [{ Id: 1 }];
        throw new Error('lost');
      },
    }),
  );
  await using rows = await services.createInstanceEnum('Acme_Door');
  expect((await rows.next(1)).objects).toHaveLength(1);
  for (let i = 0; i < 2; i++)
    await expect(rows.next(1)).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_FAILURE' });
});

test('a WbemError of a provider passes as it is', async () => {
  const denied = () => Promise.reject(new WbemError(WbemStatus.WBEM_E_PRIVILEGE_NOT_HELD, 'no'));
  const services = await openWith(doors({ getInstance: denied }));
  await expect(services.getObject('Acme_Door=1')).rejects.toMatchObject({
    code: 'WBEM_E_PRIVILEGE_NOT_HELD',
  });
});

test('AC-4.5 rows that a provider holds back show in the final status, which is a success', async () => {
  const services = await openWith(
    doors({
      async *enumerate() {
        yield [{ Id: 1 }, { Id: 2 }];
        throw new WbemError(WbemStatus.WBEM_S_ACCESS_DENIED);
      },
    }),
  );
  await using rows = await services.createInstanceEnum('Acme_Door');
  const batch = await rows.next(10);
  expect(batch).toMatchObject({ objects: [{}, {}], done: true, status: 0x00040009 });
  expect(rows.status).toBe(0x00040009);
});

test('a provider that fails does not take the rows of its siblings along', async () => {
  const things = defineClass({
    name: 'Acme_Thing',
    qualifiers: { abstract: true },
    properties: { Id: { type: 'uint32', key: true } },
  });
  const make = (name: string, enumerate: NonNullable<Provider['enumerate']>): Provider => {
    const cls = defineClass({
      name: `Acme_${name}`,
      superclass: things,
      qualifiers: { dynamic: true, provider: name },
    });
    return { name, classes: [things, cls], enumerate };
  };
  const services = await openWith(
    make('Bad', () => {
      throw new Error('broken');
    }),
    make('Good', () => [[{ Id: 1 }]]),
  );
  await using rows = await services.execQuery('SELECT * FROM Acme_Thing');
  expect(await rows.next(10)).toMatchObject({ objects: [{ path: 'Acme_Good.Id=1' }], status: 0x00040010 });
  await expect(all(services.createInstanceEnum('Acme_Bad'))).rejects.toMatchObject({
    code: 'WBEM_E_PROVIDER_FAILURE',
  });
});

test.each([{ Id: 'one' }, { Id: -1 }, { Id: 1, Width: 256 }, { Id: 1, Colour: 5n }])(
  'a row that does not fit its class is not handed on: %o',
  async (row) => {
    const services = await openWith(doors({ enumerate: () => [[row]] }));
    await expect(all(services.createInstanceEnum('Acme_Door'))).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
      message: expect.stringContaining('Acme_Door.'),
    });
  },
);

test.each(['createInstanceEnum', 'execQuery'] as const)(
  'rows of %s are pulled only as they are asked for, and let go when the enumerator is',
  async (operation) => {
    let pulled = 0;
    let released = false;
    const services = await openWith(
      doors({
        *enumerate() {
          try {
            for (;;) yield [{ Id: pulled++ }];
          } finally {
            released = true;
          }
        },
      }),
    );
    const rows = await services[operation](
      operation === 'execQuery' ? 'SELECT Id FROM Acme_Door WHERE Id >= 0' : 'Acme_Door',
    );
    expect(pulled).toBe(0);
    await rows.next(3);
    expect(pulled).toBe(3);
    await rows[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(released).toBe(true));
    await expect(rows.next(1)).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
  },
);

test('a provider that hangs is left behind at the timeout, and the enumerator can go on', async () => {
  const services = await openWith(
    doors({
      async *enumerate() {
        yield [{ Id: 1 }];
        await sleep(50);
        yield [{ Id: 2 }];
      },
      getInstance: () => new Promise(() => {}),
    }),
  );
  await expect(services.getObject('Acme_Door=1', { timeoutMs: 5 })).rejects.toMatchObject({
    code: 'WBEM_E_TIMED_OUT',
    operation: 'getObject',
  });
  await using rows = await services.createInstanceEnum('Acme_Door');
  await rows.next(1);
  await expect(rows.next(1, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
  expect((await rows.next(1)).objects).toMatchObject([{ path: 'Acme_Door.Id=2' }]);
});

test('a provider that gives nothing for ever does not keep the timeout from its turn', async () => {
  const services = await openWith(
    doors({
      *enumerate() {
        for (;;) yield [];
      },
    }),
  );
  await using rows = await services.createInstanceEnum('Acme_Door');
  await expect(rows.next(1, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'WBEM_E_TIMED_OUT' });
});

test('cancelling a call tells the provider', async () => {
  let signal: AbortSignal | undefined;
  const services = await openWith(
    doors({
      getInstance: (_class, _keys, request) => {
        signal = request.signal;
        return new Promise(() => {});
      },
    }),
  );
  const cancel = new AbortController();
  const call = services.getObject('Acme_Door=1', { signal: cancel.signal });
  await vi.waitFor(() => expect(signal).toBeDefined());
  cancel.abort();
  await expect(call).rejects.toMatchObject({ code: 'WBEM_E_CALL_CANCELLED' });
  expect(signal?.aborted).toBe(true);
});

test('the end of the service ends every call in progress', async () => {
  const service = await createService({ providers: [doors({ getInstance: () => new Promise(() => {}) })] });
  const services = await open(service, 'root\\cimv2');
  const call = services.getObject('Acme_Door=1');
  await service[Symbol.asyncDispose]();
  await expect(call).rejects.toMatchObject({ code: 'WBEM_E_SHUTTING_DOWN' });
  await expect(services.getObject('Acme_Door')).rejects.toMatchObject({ code: 'WBEM_E_SHUTTING_DOWN' });
});

test('an operation that a provider lacks is WBEM_E_PROVIDER_NOT_CAPABLE', async () => {
  const services = await openWith(doors({}));
  const instance = instanceOf(door, { Id: 1 });
  for (const call of [
    services.putInstance(instance),
    services.deleteInstance('Acme_Door=1'),
    all(services.createInstanceEnum('Acme_Door')),
  ])
    await expect(call).rejects.toMatchObject({ code: 'WBEM_E_PROVIDER_NOT_CAPABLE' });
});

test('a provider that can only enumerate still finds one instance', async () => {
  const services = await openWith(doors({ enumerate: () => [[{ Id: 1 }, { Id: 2 }]] }));
  expect(await services.getObject('Acme_Door=2')).toMatchObject({ path: 'Acme_Door.Id=2' });
  await expect(services.getObject('Acme_Door=3')).rejects.toMatchObject({ code: 'WBEM_E_NOT_FOUND' });
});

test('a method gets its parameters in declared case, with defaults', async () => {
  const execMethod = vi.fn(async () => ({ returnValue: 0, outParams: {} }));
  const services = await openWith(doors({ enumerate: () => [[{ Id: 1 }]], execMethod }));
  await services.execMethod('Acme_Door=1', 'OPEN', { code: 'x' });
  expect(execMethod).toHaveBeenCalledWith(
    'Acme_Door',
    { Id: 1 },
    'Open',
    { Code: 'x', Times: 1 },
    expect.anything(),
  );
});

test.each([
  ['Acme_Door=1', 'Close', {}, 'WBEM_E_INVALID_METHOD'],
  ['Acme_Door', 'Open', {}, 'WBEM_E_INVALID_METHOD'],
  ['Acme_Door=1', 'Open', { Key: 'x' }, 'WBEM_E_INVALID_METHOD_PARAMETERS'],
  ['Acme_Door=1', 'Open', { Code: 5 }, 'WBEM_E_INVALID_METHOD_PARAMETERS'],
  ['Acme_Door=9', 'Open', {}, 'WBEM_E_NOT_FOUND'],
])('%s.%s(%o) is refused with %s', async (path, method, inParams, code) => {
  const execMethod = vi.fn(async () => ({ returnValue: 0, outParams: {} }));
  const services = await openWith(doors({ enumerate: () => [[{ Id: 1 }]], execMethod }));
  await expect(services.execMethod(path, method, inParams as PropertyBag)).rejects.toMatchObject({ code });
  expect(execMethod).not.toHaveBeenCalled();
});

test('two providers cannot define one class', async () => {
  const other = { ...doors({}), name: 'Others', classes: [defineClass({ name: 'ACME_DOOR' })] };
  await expect(createService({ providers: [doors({}), other] })).rejects.toMatchObject({
    code: 'WBEM_E_ALREADY_EXISTS',
  });
});

test('a dynamic class without its provider cannot be read', async () => {
  const services = await openWith();
  await services.putClass(door);
  await expect(all(services.createInstanceEnum('Acme_Door'))).rejects.toMatchObject({
    code: 'WBEM_E_PROVIDER_NOT_FOUND',
  });
});

test.each(['no', -1, {}])(
  'a return value that does not fit its method is not handed on: %o',
  async (given) => {
    const execMethod = async () => ({ returnValue: given as never, outParams: {} });
    const services = await openWith(doors({ enumerate: () => [[{ Id: 1 }]], execMethod }));
    await expect(services.execMethod('Acme_Door=1', 'Open', { Code: '1' })).rejects.toMatchObject({
      code: 'WBEM_E_PROVIDER_FAILURE',
      message: expect.stringContaining('Acme_Door.Open: ReturnValue'),
    });
  },
);

import { type CimObject, type PropertyBag, WbemError, type WbemServices } from '@wmisec/wbem';

/** What a caller gets for one call: what it gave, or the code with which it was refused. */
export type Answer = unknown;

type Ask = (services: WbemServices) => Promise<Answer>;

/** The calls that every caller makes, in this order. */
const CALLS: Readonly<Record<string, Ask>> = {
  'all doors': async (services) => {
    await using rows = await services.execQuery('SELECT * FROM Acme_Door');
    const { objects, status } = await rows.next(10);
    return { doors: objects.map(propertiesOf), status };
  },
  'the front door': async (services) => propertiesOf(await services.getObject('Acme_Door=1')),
  'the vault': async (services) => propertiesOf(await services.getObject('Acme_Door=2')),
  'a door that is not there': (services) => services.getObject('Acme_Door=3'),
  knock: (services) => services.execMethod('Acme_Door=1', 'Knock', { Times: 2 }),
  unlock: (services) => services.execMethod('Acme_Door=1', 'Unlock', { Code: '1234' }),
  count: (services) => services.execMethod('Acme_Door', 'Count'),
  break: (services) => services.execMethod('Acme_Door', 'Break'),
  remove: (services) => services.deleteInstance('Acme_Door=1'),
};

/** Makes every call as one caller, whichever host serves it. */
export async function askDoors(services: WbemServices): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (const [name, ask] of Object.entries(CALLS)) answers[name] = await answerTo(() => ask(services));
  return answers;
}

const FRONT = { Id: 1, Name: 'front', Open: true, Code: null };
const VAULT = { Id: 2, Name: 'vault', Open: false, Code: null };
const KNOCKED = { returnValue: 0, outParams: { Answer: 'front: knock knock' } };

/** What the provider has to answer to whom. */
export const DOORS_ANSWERS: Readonly<Record<'administrator' | 'reader' | 'guest', Record<string, Answer>>> = {
  administrator: {
    'all doors': {
      doors: [
        { ...FRONT, Code: '1234' },
        { ...VAULT, Code: '9876' },
      ],
      status: 0,
    },
    'the front door': { ...FRONT, Code: '1234' },
    'the vault': { ...VAULT, Code: '9876' },
    'a door that is not there': 'WBEM_E_NOT_FOUND',
    knock: KNOCKED,
    unlock: { returnValue: 0, outParams: {} },
    count: { returnValue: 2, outParams: {} },
    break: 'WBEM_E_PROVIDER_FAILURE',
    remove: undefined,
  },
  reader: {
    'all doors': { doors: [FRONT], status: 0x0004_0009 },
    'the front door': FRONT,
    'the vault': 'WBEM_E_ACCESS_DENIED',
    'a door that is not there': 'WBEM_E_NOT_FOUND',
    knock: KNOCKED,
    unlock: 'WBEM_E_PRIVILEGE_NOT_HELD',
    count: { returnValue: 2, outParams: {} },
    break: 'WBEM_E_PROVIDER_FAILURE',
    remove: 'WBEM_E_ACCESS_DENIED',
  },
  guest: {
    'all doors': { doors: [FRONT], status: 0x0004_0009 },
    'the front door': FRONT,
    'the vault': 'WBEM_E_ACCESS_DENIED',
    'a door that is not there': 'WBEM_E_NOT_FOUND',
    knock: 'WBEM_E_ACCESS_DENIED',
    unlock: 'WBEM_E_PRIVILEGE_NOT_HELD',
    count: 'WBEM_E_ACCESS_DENIED',
    break: 'WBEM_E_ACCESS_DENIED',
    remove: 'WBEM_E_ACCESS_DENIED',
  },
};

async function answerTo(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WbemError) return error.code;
    throw error;
  }
}

function propertiesOf(object: CimObject): PropertyBag {
  return object.kind === 'instance' ? object.properties : {};
}

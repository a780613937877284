import { encodeSecurityDescriptor, parseSddl } from '@wmisec/access';
import { defineClass, type EventSink, type Provider, WbemError, WbemStatus } from '@wmisec/wbem';

const EVENT_PROPERTIES = { SECURITY_DESCRIPTOR: 'uint8[]', Name: 'string' } as const;

const rang = defineClass({ name: 'Test_Rang', properties: EVENT_PROPERTIES });
const broke = defineClass({ name: 'Test_Broke', properties: EVENT_PROPERTIES });

const bell = defineClass({
  name: 'Test_Bell',
  qualifiers: { dynamic: true },
  properties: { Id: { type: 'uint32', key: true } },
  methods: {
    Ring: { static: true, in: { Name: 'string', Descriptor: 'string' }, returns: 'uint32' },
    Secure: { static: true, in: { Descriptor: 'string' }, returns: 'uint32' },
    Restrict: { static: true, returns: 'boolean' },
    Heard: { static: true, returns: 'string' },
  },
});

const QUERIES = ['SELECT * FROM Test_Rang', 'SELECT * FROM Test_Broke'];
const ADMINISTRATORS = 'S-1-5-32-544';

let sink: EventSink | undefined;
const heard: string[] = [];

function bytesOf(sddl: unknown): Uint8Array | null {
  return typeof sddl === 'string' ? encodeSecurityDescriptor(parseSddl(sddl)) : null;
}

const methods: Readonly<Record<string, (inParams: Readonly<Record<string, unknown>>) => unknown>> = {
  Ring: ({ Name, Descriptor }) => {
    const descriptor = bytesOf(Descriptor);
    const properties = {
      Name: String(Name),
      SECURITY_DESCRIPTOR: descriptor === null ? null : [...descriptor],
    };
    sink!.indicate([{ className: 'Test_Rang', properties }]);
    return 0;
  },
  Secure: ({ Descriptor }) => {
    sink!.setSinkSecurity(bytesOf(Descriptor) ?? new Uint8Array());
    return 0;
  },
  Restrict: () => {
    const restricted = sink!.restrict([QUERIES[1]!]);
    restricted.setBatching({ mode: 'must', maxBuffer: 4096, maxLatency: 20 });
    if (restricted.isActive())
      restricted.indicate([{ className: 'Test_Broke', properties: { Name: 'broke' } }]);
    return restricted.isActive();
  },
  Heard: () => heard.splice(0).join('; '),
};

/** A bell whose rings are events. */
const provider: Provider = {
  name: 'Doorbell',
  classes: [rang, broke, bell],
  async execMethod(_className, _keys, method, inParams) {
    return { returnValue: methods[method]!(inParams) as never, outParams: {} };
  },
  events: {
    queries: QUERIES,
    accessCheck(query, subscriber) {
      heard.push(`asked ${subscriber.kind} ${subscriber.sid} ${subscriber.caller}`);
      if (query === QUERIES[0]) return WbemStatus.WBEM_S_SUBJECT_TO_SDS;
      if (subscriber.sid === ADMINISTRATORS) return WbemStatus.WBEM_S_NO_ERROR;
      if (query === QUERIES[1]) return WbemStatus.WBEM_E_ACCESS_DENIED;
      throw new WbemError(WbemStatus.WBEM_E_INVALID_QUERY, `no such query: ${query}`);
    },
    newQuery: (id, query) => void heard.push(`new ${id > 0} ${query}`),
    cancelQuery: (id) => void heard.push(`cancelled ${id > 0}`),
    provideEvents(given, namespace, signal) {
      sink = given;
      heard.push(`sink for ${namespace}`);
      signal.addEventListener('abort', () => heard.push('stopped'));
    },
  },
};

export default provider;

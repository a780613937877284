import { setTimeout as sleep } from 'node:timers/promises';
import { ClassId, Com, IUnknown, IWbemLocator, IWbemObjectSink, IWbemServices, NULL } from '@wmisec/com-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ApartmentThread, type HostedObject } from '../src/index.ts';
import { hasFixture } from './callers-fixture.ts';
import { native } from './read-back.ts';

/**
 * With a sink that lives on this thread, both calls wait for ever under Wine: they wait for WMI's thread, which
 * waits for this one to take its call. A sink in an apartment is called on the apartment's thread instead. Wine's WMI
 * calls it past COM, without a caller, so every call is refused; what counts here is that both calls return.
 */
describe.skipIf(!hasFixture)(
  'a synchronous call that waits for whoever calls the sink, with the WMI of Wine',
  () => {
    let apartment: ApartmentThread;
    let sink: HostedObject;
    let com: Com;
    const refusals: string[] = [];

    beforeAll(async () => {
      com = new Com(native);
      com.use();
      apartment = await ApartmentThread.open({
        program: new URL('apartment-program.js', inject('programs')),
      });
      sink = await apartment.host({
        module: new URL('apartment-module.js', inject('programs')),
        policy: { rule: { kind: 'dangerouslyAnyone' } },
        onRefused: (method) => refusals.push(method),
      });
    }, 60_000);

    afterAll(async () => {
      await apartment.close();
      await com.leave();
    });

    function queryPending() {
      using locator = com.create(ClassId.CLSID_WbemLocator, IWbemLocator);
      using place = com.bstr('root\\cimv2');
      using out = native.memory.alloc(8);
      locator.call('ConnectServer', place.ptr, NULL, NULL, NULL, 0, NULL, NULL, out.ptr);
      const services = native.bind(IWbemServices, out.pointer<'IWbemServices'>());
      using language = com.bstr('WQL');
      using query = com.bstr('SELECT Name FROM Win32_Service');
      const pointer = sink.pointer(IWbemObjectSink);
      expect(services.ExecQueryAsync(language.ptr, query.ptr, 0, NULL, pointer)).toBe(0);
      return { services, pointer };
    }

    const settled = async () => {
      while (!refusals.includes('IWbemObjectSink.SetStatus')) await sleep(10);
      return [...new Set(refusals.splice(0))].sort();
    };

    test('CancelAsyncCall returns', async () => {
      const { services, pointer } = queryPending();
      expect(services.CancelAsyncCall(pointer)).toBe(0);
      expect(await settled()).toContain('IWbemObjectSink.SetStatus');
      services.Release();
    });

    test('the last Release of the services returns', async () => {
      const { services } = queryPending();
      expect(native.bind(IUnknown, services.ptr).Release()).toBe(0);
      expect(await settled()).toContain('IWbemObjectSink.SetStatus');
    });
  },
);

import { hostname } from 'node:os';
import { instanceOf, WbemError, WbemStatus } from '@wmisec/wbem';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarm } from '../../events/testing.ts';
import { consumerClasses } from '../../system-classes/consumer-classes.ts';
import { type Mail, smtp } from './smtp.ts';

const cls = consumerClasses.find(({ className }) => className === 'SMTPEventConsumer')!;
const { signal } = new AbortController();

const contextOf = (properties: Record<string, unknown>) => ({
  consumer: instanceOf(cls, { Name: 'c', SMTPServer: 'mail', ToLine: 'a@b', ...properties }),
  ...({ signal, namespace: 'root\\subscription', creator: 'S-1-5-32-544', publisher: null } as const),
});

async function mailOf(properties: Record<string, unknown>, Note = 'x'): Promise<Mail> {
  const mails: Mail[] = [];
  await smtp(async (mail) => void mails.push(mail))(
    instanceOf(alarm, { Door: 1, Note }),
    contextOf(properties),
  );
  return mails[0]!;
}

describe('rules 9.15 a mail', () => {
  test('is made of the consumer and the event', async () => {
    const lines = { CcLine: 'c@d', ReplyToLine: 'r@d', HeaderFields: ['X-Priority: 1'] };
    const mail = await mailOf({ ...lines, Subject: 'Door %Door%', Message: 'Look:\r\n%Note%' }, 'a\nb');
    expect(mail).toEqual({
      ...{ server: 'mail', from: `WinMgmt@${hostname()}`, to: 'a@b', cc: 'c@d', bcc: '', replyTo: 'r@d' },
      ...{ subject: 'Door 1', message: 'Look:\r\na\nb', headers: ['X-Priority: 1'] },
    });
    expect((await mailOf({ FromLine: 'x@y' })).from).toBe('x@y');
  });

  test('gets no header line out of an event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (note) => {
        const injected = `${note}\r\nBcc: evil@example.org`;
        const lines = { ToLine: '%Note%', FromLine: '%Note%', Subject: '%Note%', ReplyToLine: '%Note%' };
        const { message: _, headers: __, ...headers } = await mailOf(lines, injected);
        for (const line of Object.values(headers)) expect(line ?? '').not.toMatch(/[\r\n\0]/);
      }),
    );
  });

  test.each(['X: 1\r\nBcc: evil@example.org', 'X: 1\nY: 2', 'no field', ': x', 'X\0: 1'])(
    'with the header field %j is a failure',
    (field) =>
      expect(mailOf({ HeaderFields: [field] })).rejects.toMatchObject({ code: 'WBEM_E_INVALID_PARAMETER' }),
  );

  test('is not sent where nothing sends mail, and what the sender says is passed on', async () => {
    expect(() => smtp(null)(instanceOf(alarm, {}), contextOf({}))).toThrow(
      expect.objectContaining({ code: 'WBEM_E_ACCESS_DENIED' }),
    );
    const busy = smtp(() => Promise.reject(new WbemError(WbemStatus.WBEM_E_SERVER_TOO_BUSY)));
    await expect(busy(instanceOf(alarm, {}), contextOf({}))).rejects.toMatchObject({
      code: 'WBEM_E_SERVER_TOO_BUSY',
    });
  });
});

import { connect } from '@wmisec/auth';
import { createService } from '@wmisec/embedded';
import { ledger } from './ledger.ts';
import { PEOPLE } from './people.ts';
import { reports } from './report.ts';

await using service = await createService({ providers: [ledger, reports] });

for (const person of Object.values(PEOPLE)) {
  await using connection = await connect('root\\cimv2', { transport: service.transport({ as: person }) });
  for (const method of ['Total', 'CarelessTotal']) {
    const { returnValue } = await connection.services.execMethod('Acme_Report', method);
    console.log(`${person.name}: ${method} is ${returnValue}`);
  }
}

import { lmdbRepository } from '../repository/lmdb-repository.ts';
import type { Repository, RepositoryWriter } from '../repository/repository.ts';
import { createService } from '../service/create-service.ts';
import { install } from './testing.ts';

// Installs a subscription, and kills itself in the middle: at the step whose number it is given, 0 before anything
// is written, 1 to 3 after each of the parts, 4 after the commit, 5 after the answer.

const [directory = '', step = '0', name = ''] = process.argv.slice(2);
let armed = false;

function dieAt(reached: number): void {
  if (armed && Number(step) === reached) process.kill(process.pid, 'SIGKILL');
}

function dyingWriter(writer: RepositoryWriter): RepositoryWriter {
  let parts = 0;
  return new Proxy(writer, {
    get(target, member) {
      const value = Reflect.get(target, member, target);
      if (typeof value !== 'function') return value;
      if (member !== 'putInstance') return value.bind(target);
      return (...given: Parameters<RepositoryWriter['putInstance']>) => {
        target.putInstance(...given);
        dieAt(++parts);
      };
    },
  });
}

function dyingRepository(repository: Repository): Repository {
  const transact = repository.transact.bind(repository);
  repository.transact = async (body) => {
    dieAt(0);
    const result = await transact((writer) => body(dyingWriter(writer)));
    dieAt(4);
    return result;
  };
  return repository;
}

const repository = dyingRepository(await lmdbRepository({ directory }));
const service = await createService({ providers: [], repository });
armed = true;
await install(service, {
  consumerClass: 'NTEventLogEventConsumer',
  filter: { Name: name, Query: 'SELECT * FROM __ClassCreationEvent', EventNamespace: null },
  consumer: { Name: name, SourceName: 'Acme', EventID: 1 },
});
dieAt(5);

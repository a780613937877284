export { type MachineOptions, machineProviders } from './providers/machine-providers.ts';
export { type LmdbRepositoryOptions, lmdbRepository } from './repository/lmdb-repository.ts';
export { memoryRepository } from './repository/memory-repository.ts';
export type {
  Repository,
  RepositoryReader,
  RepositoryWriter,
  StoredInstance,
  StoredNamespace,
} from './repository/repository.ts';
export type { ProviderRegistration } from './server/server.ts';
export type { Clock } from './service/clock.ts';
export {
  createService,
  type EmbeddedService,
  type ServiceOptions,
  type TransportOptions,
} from './service/create-service.ts';

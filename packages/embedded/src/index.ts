export type { Account, NewUser } from './accounts/account.ts';
export { type Accounts, type AccountsOptions, openAccounts } from './accounts/accounts.ts';
export type { LockoutPolicy } from './accounts/lockout.ts';
export {
  LOGON_CHANNEL,
  type LogonFacts,
  type LogonProof,
  type LogonRecord,
  type LogonRefusal,
  type LogonRequest,
} from './accounts/logon-request.ts';
export type { Password } from './accounts/password.ts';
export type { HashCost } from './accounts/password-hash.ts';
export type { AuditOptions } from './audit/audit.ts';
export { REFUSAL_CHANNEL, type RefusalRecord } from './audit/refusal-record.ts';
export type { RegisteredProvider } from './decoupled/registrar.ts';
export type { EventCounts } from './events/event-engine.ts';
export type { Timers } from './events/timers.ts';
export type { HostOptions } from './gates/server-host.ts';
export type { ConsumerOptions } from './permanent/consumer-options.ts';
export type { DeliveryContext, EventConsumer } from './permanent/delivery/event-consumer.ts';
export type { PermanentCounts } from './permanent/permanent-subscriptions.ts';
export type { Command, CommandRunner } from './permanent/standard-consumers/command-line.ts';
export type { Mail, MailSender } from './permanent/standard-consumers/smtp.ts';
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
  type RaiseOptions,
  type RegisterOptions,
  type ServiceOptions,
  type ServiceTransport,
  type TransportOptions,
} from './service/create-service.ts';
export type { CallbackSettings, RegistryFlag } from './sinks/callback-settings.ts';
export type { CallbackTarget } from './sinks/callback-target.ts';
export type { EmbeddedApartment } from './sinks/embedded-apartment.ts';
export type { EmbeddedStub } from './sinks/embedded-stub.ts';
export {
  eventConsumerClass,
  extrinsicEventClass,
} from './system-classes/event-classes.ts';

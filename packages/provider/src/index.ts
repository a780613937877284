export type { Demand, DescriptorDemand, PrivilegeDemand } from './caller/demand.ts';
export type { CallerCheck, ProviderCaller } from './caller/provider-caller.ts';
export { defineProvider, type ProviderDefinition, type ProviderSpec } from './define-provider.ts';
export type {
  EventDefinition,
  EventSource,
  EventSubscriber,
  RaiseOptions,
  SubscriptionAnswer,
} from './events/event-definition.ts';
export type { AnyHandlers } from './handlers/any-handlers.ts';
export type { Handlers, RowStream } from './handlers/handlers.ts';
export type { EnumerateCall, MethodCall, ProviderCall } from './handlers/provider-call.ts';
export { type ServedClass, serve } from './handlers/serve.ts';
export { mofOf } from './mof/mof-of.ts';
export {
  type DecoupledHost,
  type DecoupledOptions,
  hostDecoupled,
  type StopOptions,
} from './native/host-decoupled.ts';
export { type HostMode, type HostModeSettings, hostMode, hostModeValue } from './registration/host-mode.ts';
export { installProvider, uninstallProvider } from './registration/install-provider.ts';
export { type RegistrationInstance, registrationInstances } from './registration/registration-instances.ts';
export type { Finding } from './review/findings.ts';
export type { Grant } from './review/grants.ts';
export {
  type ProviderReview,
  type ReviewedAccess,
  type ReviewedOperation,
  reviewProvider,
} from './review/review-provider.ts';
export { type ClassSchema, type ClassSchemaSpec, classSchema } from './schema/class-schema.ts';
export { type EventSchema, type EventSchemaSpec, eventSchema } from './schema/event-schema.ts';
export { type MofSchemas, mofSchemas, serveUntyped } from './schema/mof-schemas.ts';
export type {
  GivenRow,
  InParams,
  Keys,
  MethodNames,
  MethodOutcome,
  OutParams,
  Row,
} from './schema/row-types.ts';
export type {
  MethodSchemaSpec,
  MethodSpecs,
  ParameterSpecs,
  PropertySchemaSpec,
  PropertySpecs,
  TypedSchemaSpec,
} from './schema/schema-spec.ts';
export type { GivenValueOf, SchemaType, ValueOf } from './schema/value-types.ts';

export type { ResolveAccount } from './audit/account-names.ts';
export { type AuditOptions, audit } from './audit/audit.ts';
export { type AuditReport, openFindings } from './audit/audit-report.ts';
export { type Baseline, type BaselineEntry, baselineOf, parseBaseline } from './audit/baseline.ts';
export { type Finding, SEVERITIES, type Severity } from './audit/finding.ts';
export { formatAudit } from './audit/format-audit.ts';
export { RULES, type RuleId } from './audit/rule-table.ts';
export { sarifLog } from './audit/sarif-log.ts';
export type { EventWatch, WatchCounts } from './event-watch.ts';
export { type CheckedSinkOptions, checkedSink } from './native/checked-sink.ts';
export { receiveInApartment } from './native/receive-in-apartment.ts';
export type { EventReceiver, ReceiveCounts } from './sinks/event-receiver.ts';
export { dangerouslyReceiveUnchecked, receive } from './sinks/receive.ts';
export type { EventHandler, ReceiveOptions } from './sinks/receive-options.ts';
export type { ReceivingConnection } from './sinks/receiving-connection.ts';
export type {
  ActiveScriptConsumer,
  CommandLineConsumer,
  ConsumerBase,
  ConsumerKind,
  ConsumerSpec,
  CustomConsumer,
  LogFileConsumer,
  NTEventLogConsumer,
  SmtpConsumer,
} from './subscriptions/consumer-spec.ts';
export { getSubscription } from './subscriptions/get-subscription.ts';
export { installSubscription } from './subscriptions/install-subscription.ts';
export { listSubscriptions } from './subscriptions/list-subscriptions.ts';
export { removeSubscription } from './subscriptions/remove-subscription.ts';
export { renameSubscription } from './subscriptions/rename-subscription.ts';
export type { MissingPart, Subscription } from './subscriptions/subscription.ts';
export type { SubscriptionConnection } from './subscriptions/subscription-connection.ts';
export type { BindingPart, ConsumerPart, FilterPart } from './subscriptions/subscription-parts.ts';
export {
  DeliveryQoS,
  SUBSCRIPTION_RISKS,
  type SubscriptionRisk,
  type SubscriptionSpec,
} from './subscriptions/subscription-spec.ts';
export { watch } from './watch.ts';
export type { MissedEvents, WatchedEvent, WatchItem } from './watch-item.ts';
export type { BufferOptions, ResubscribeOptions, WatchOptions } from './watch-options.ts';
export type { WatchedConnection } from './watched-connection.ts';

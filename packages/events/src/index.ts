export type { EventWatch, WatchCounts } from './event-watch.ts';
export { watch } from './watch.ts';
export type { MissedEvents, WatchedEvent, WatchItem } from './watch-item.ts';
export type { BufferOptions, ResubscribeOptions, WatchOptions } from './watch-options.ts';
export type { WatchedConnection } from './watched-connection.ts';

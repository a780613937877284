export { canonicalOrder, isCanonicalOrder } from './inherit/canonical-order.ts';
export { describeAce } from './inherit/describe-ace.ts';
export { diffDescriptors } from './inherit/diff-descriptors.ts';
export { type Child, inheritAces } from './inherit/inherit-aces.ts';
export { type InheritOptions, inheritDescriptor } from './inherit/inherit-descriptor.ts';
export { sddlBatchLine } from './sddl/sddl-batch-line.ts';
export { sidName } from './sid/sid-name.ts';

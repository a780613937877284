import fc from 'fast-check';
import { arbitraryDescriptor } from '../src/descriptor/arbitrary-descriptor.ts';
import { decodeSecurityDescriptor } from '../src/descriptor/decode-security-descriptor.ts';
import { encodeSecurityDescriptor } from '../src/descriptor/encode-security-descriptor.ts';
import { formatSddl } from '../src/sddl/format-sddl.ts';
import { parseSddl } from '../src/sddl/parse-sddl.ts';
import { largeDescriptors, largeTexts } from './large-inputs.ts';
import { mutateBytes, mutateText } from './mutate.ts';
import { random } from './random.ts';
import { Tally } from './tally.ts';

const LIMIT_MS = 50;
const SEEDS = 400;

const count = Number(process.argv[2] ?? 300_000);
const seed = Number(process.argv[3] ?? 1);
const pick = random(seed);
const descriptors = fc.sample(arbitraryDescriptor, { seed, numRuns: SEEDS });
const bytes = [...descriptors.map(encodeSecurityDescriptor), ...largeDescriptors()];
const texts = [...descriptors.map((each) => formatSddl(each)), ...largeTexts()];

const binary = new Tally('descriptors', readBytes);
const text = new Tally('SDDL', readText);
for (const each of bytes) binary.feed(each);
for (const each of texts) text.feed(each);
while (binary.inputs + text.inputs < count) {
  binary.feed(mutateBytes(bytes[pick(bytes.length)]!, pick));
  text.feed(mutateText(texts[pick(texts.length)]!, pick));
}

const tallies = [binary, text];
for (const tally of tallies) console.log(tally.report());
const failed = tallies.some((tally) => tally.uncoded > 0 || tally.slowest() > LIMIT_MS);
console.log(failed ? `failed: an error without a code, or more than ${LIMIT_MS} ms` : 'passed');
process.exitCode = failed ? 1 : 0;

/** Reads, writes back and prints what could be read. */
function readBytes(input: Uint8Array): void {
  const descriptor = decodeSecurityDescriptor(input);
  encodeSecurityDescriptor(descriptor);
  formatSddl(descriptor);
}

function readText(input: string): void {
  encodeSecurityDescriptor(parseSddl(input, { domain: 'S-1-5-21-1-2-3' }));
}

// Fails on a reference that leads nowhere: a section, scenario or contradiction of docs/rules.md that is cited
// anywhere but not there, a relative link of a Markdown file without a target, and an error code that is thrown
// but not in docs/errors.md.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './lib/paths.mjs';

const RULES = 'docs/rules.md';
const SKIPPED = /^(node_modules|dist|\.git|\.cache|\.turbo)$/;
const read = (file) => readFileSync(join(root, file), 'utf8');

const known = knownReferences(read(RULES));
const files = filesOf();
const complaints = files.flatMap((file) => {
  const text = read(file);
  return [...danglingCitations(text), ...(file.endsWith('.md') ? danglingLinks(file, text) : [])].map(
    (reference) => `${file}: ${reference} leads nowhere`,
  );
});
complaints.push(...undescribedCodes(read('docs/errors.md')));
for (const complaint of new Set(complaints)) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

/** Every number that can be cited: `9`, `9.3`, `AC-9.3`, `K12`. */
function knownReferences(rules) {
  const headings = [...rules.matchAll(/^#{2,3} (\d+(?:\.\d+)?)/gm)];
  const scenarios = [...rules.matchAll(/^\* (AC-\d+\.\d+)/gm)];
  const contradictions = [...rules.matchAll(/^\| (K\d+) /gm)];
  return new Set([...headings, ...scenarios, ...contradictions].map(([, number]) => number));
}

function danglingCitations(text) {
  const sections = [...text.matchAll(/docs\/rules\.md,? ((?:(?:, | and )?(?:K|AC-)?\d+(?:\.\d+)?)+)/g)];
  const scenarios = [...text.matchAll(/\bAC-\d+\.\d+/g)].map(([name]) => name);
  const numbers = sections.flatMap(([, list]) => list.split(/, | and /));
  return [...numbers, ...scenarios].filter((number) => !known.has(number));
}

function undescribedCodes(errors) {
  const sources = files.filter((file) => /^(packages|apps)\/.*\/src\/.*(?<!\.test|testing)\.ts$/.test(file));
  return sources.flatMap((file) => {
    const thrown = [...read(file).matchAll(/new (?:WmisecError|ParseError)\(\s*'([A-Z_]+)'/g)];
    return thrown
      .filter(([, code]) => !code.startsWith('WBEMMOF_E_') && !errors.includes(`\`${code}\``))
      .map(([, code]) => `${file}: ${code} is not in docs/errors.md`);
  });
}

function danglingLinks(file, text) {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(file, link));
}

function leadsSomewhere(file, link) {
  const [path, anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).has(anchor);
}

/** As GitHub makes them from headings. */
function anchorsOf(markdown) {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function filesOf(folder = '') {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : filesOf(path);
    return /\.(ts|mjs|md)$/.test(entry.name) ? [path.replaceAll('\\', '/')] : [];
  });
}

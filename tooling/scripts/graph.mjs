// Draws which package imports which into ARCHITECTURE.md, from the imports themselves.
//
//   node tooling/scripts/graph.mjs           draws
//   node tooling/scripts/graph.mjs --check   fails when what is drawn there is out of date
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';
import { root } from './lib/paths.mjs';

const BEGIN = '<!-- graph: drawn by tooling/scripts/graph.mjs -->';
const END = '<!-- end of graph -->';

const path = join(root, 'ARCHITECTURE.md');
const before = readFileSync(path, 'utf8');
const after = drawInto(before, mermaid(await packageEdges()));
if (!process.argv.includes('--check')) writeFileSync(path, after);
else if (after !== before) {
  console.error('The graph in ARCHITECTURE.md is out of date; draw it with: node tooling/scripts/graph.mjs');
  process.exitCode = 1;
}

/** Pairs of packages, the importing one first; imports of tests and examples do not count. */
async function packageEdges() {
  process.chdir(root);
  const options = { ...config.options, validate: false };
  const { output } = await cruise(['packages', 'apps'], options, options.enhancedResolveOptions);
  const edges = output.modules
    .filter(({ source }) => !/(\.test|\.example|\/testing)\.ts$/.test(source) && source.includes('/src/'))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }) => [roomOf(source), roomOf(resolved)]),
    )
    .filter(([from, to]) => from !== undefined && to !== undefined && from !== to)
    .map((edge) => edge.join(' --> '));
  return [...new Set(edges)].sort();
}

function roomOf(file) {
  const [, app, name, half] = /^(?:(apps)|packages)\/([^/]+)\/(?:src\/(native)\/)?/.exec(file) ?? [];
  if (name === undefined) return undefined;
  return app === undefined && half !== undefined ? `${name}/${half}` : name;
}

function mermaid(edges) {
  return ['```mermaid', 'graph TD', ...edges.map((edge) => `  ${edge}`), '```'].join('\n');
}

function drawInto(text, graph) {
  const [head, rest] = text.split(BEGIN);
  const tail = rest?.split(END)[1];
  if (tail === undefined) throw new Error(`ARCHITECTURE.md needs the lines ${BEGIN} and ${END}`);
  return `${head}${BEGIN}\n\n${graph}\n\n${END}${tail}`;
}

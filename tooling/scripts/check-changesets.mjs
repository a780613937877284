// Fails when a package that is to be published has neither a changeset nor a changelog of its version, and
// when a changeset names a package that there is not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { publishedPackages } from './lib/published-packages.mjs';

const packages = publishedPackages();
const names = packages.map(({ manifest }) => manifest.name);
const announced = changesets().flatMap(({ file, text }) => releasesOf(file, text));
const complaints = [
  ...announced
    .filter(({ name }) => !names.includes(name))
    .map(({ file, name }) => `${file}: there is no ${name}`),
  ...packages.filter((each) => !isReleased(each) && !isAnnounced(each)).map(describeMissing),
];
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

function changesets() {
  const folder = join(root, '.changeset');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => ({ file: `.changeset/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

function releasesOf(file, text) {
  const header = /^---\n(.*?)\n---\n/s.exec(text)?.[1] ?? '';
  const lines = header.matchAll(/^["']?(.+?)["']?: (major|minor|patch)$/gm);
  return [...lines].map(([, name]) => ({ file, name }));
}

function isAnnounced({ manifest }) {
  return announced.some(({ name }) => name === manifest.name);
}

function isReleased({ folder, manifest }) {
  const changelog = join(folder, 'CHANGELOG.md');
  return existsSync(changelog) && readFileSync(changelog, 'utf8').includes(`\n## ${manifest.version}\n`);
}

function describeMissing({ manifest }) {
  return `${manifest.name} ${manifest.version} has no changeset; add one with: npx changeset`;
}

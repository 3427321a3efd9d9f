/** The import law: which room may import which, which file may touch which library, and that no imports form a ring. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Top to bottom: a room imports rooms below it, never above. */
const rooms = [
  'cli',
  'index',
  'middleware',
  'gateway',
  'app',
  'survey',
  'console',
  'insight',
  'gate',
  'billing',
  'sandbox',
  'stores',
  'readers',
  'pages',
  'meter',
  'entitlements',
  'sentry',
  'preview',
  'origin',
  'policy',
  'settings',
  'article',
  'ops',
];

/** Pure types that name a fact every room may speak of: they may be imported, as types, from anywhere. */
const vocabulary = [
  'gate/decision.ts',
  'billing/subscription.ts',
  'readers/reader.ts',
  'readers/asker.ts',
  'entitlements/entitlement.ts',
  'policy/policy.ts',
  'settings.ts',
];

const libraries = [
  { name: /^ioredis$/, files: /^stores\/redis\// },
  { name: /^libsql$/, files: /^stores\/sqlite\// },
  { name: /^stripe$/, files: /^(billing\/stripe-|sandbox\/)/ },
  { name: /^jsonwebtoken$/, files: /^readers\/reader-token\.ts$/ },
  { name: /^express$/, files: /(-routes\.tsx?$|^app\.ts$|^middleware\.ts$|^pages\/)/ },
  {
    name: /^zod$/,
    files: /(-schema\.ts$|^settings\.ts$|-routes\.ts$|^console\/api\/|^console\/.*-(calls|answers?)\.ts$)/,
  },
];

/** Files that hold a rule and nothing else. */
const pure =
  /(^|\/)(decide|may|power|admit|cut|cut-[a-z]+|derive|match|window|standing|excerpt|reading-minutes|canonical-target|forward-headers|return-headers|local-path|same-site|access-header)\.tsx?$/;
const pureLibraries =
  /^(parse5|parse5-htmlparser2-tree-adapter|css-select|domhandler|domutils|ipaddr\.js|lru-cache|@xmldom\/xmldom|saxes)$/;

/** What the console's areas stand on; each area stands on these and on no other area. */
const belowAreas = ['draft', 'api', 'shell', 'operators'];

const doors = [
  { what: 'Date.now or new Date()', pattern: /\bDate\.now\(|new Date\(\)/, files: /^ops\/clock\.ts$/ },
  {
    what: 'randomness',
    pattern: /Math\.random\(|\brandomBytes\(|\brandomUUID\(|\brandomInt\(/,
    files: /^ops\/random\.ts$/,
  },
  { what: 'process.env', pattern: /process\.env/, files: /^(settings|cli)\.ts$/ },
];

/** Every breach of the law in `sourceFolder`, in words; empty when there is none. */
export const breaches = (sourceFolder) => {
  const files = readdirSync(sourceFolder, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file));
  const graph = new Map(files.map((file) => [file, importsOf(join(sourceFolder, file), file)]));
  return [
    ...[...graph].flatMap(([file, imports]) => imports.flatMap((found) => faultsOf(file, found))),
    ...files.flatMap((file) => doorFaults(file, readFileSync(join(sourceFolder, file), 'utf8'))),
    ...ringsIn(graph),
  ];
};

const importPattern =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

const importsOf = (path, file) =>
  [...readFileSync(path, 'utf8').matchAll(importPattern)].map(([, type, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic;
    return specifier.startsWith('.')
      ? { local: posix.normalize(posix.join(dirname(file), specifier)), type: Boolean(type) }
      : { library: specifier, type: Boolean(type) };
  });

const faultsOf = (file, { local, library, type }) => {
  if (library) return libraryFaults(file, library, type);
  const faults = [];
  const [from, to] = [roomOf(file), roomOf(local)];
  if (to === 'stores' && from !== 'stores' && from !== 'gateway')
    faults.push(`${file}: only gateway.ts imports stores/ (${local})`);
  const speaksVocabulary = type && vocabulary.includes(local);
  const implementsPort = from === 'stores' && type;
  if (from !== to && rank(to) < rank(from) && !speaksVocabulary && !implementsPort) {
    faults.push(`${file} imports ${local}: ${to} stands above ${from}`);
  }
  const [area, other] = [areaOf(file), areaOf(local)];
  if (other !== undefined && area !== other && (area !== undefined || isBelowAreas(file)))
    faults.push(
      `${file} imports ${local}: an area of the console is its own, what two need is in ${belowAreas.join(', ')}`,
    );
  return faults;
};

/** The console's folder for one feature; undefined outside of them. */
const areaOf = (file) => {
  const folder = /^console\/(\w+)\//.exec(file)?.[1];
  return belowAreas.includes(folder) ? undefined : folder;
};

const isBelowAreas = (file) => /^console\/\w+\//.test(file);

const libraryFaults = (file, library, type) => {
  const faults = libraries
    .filter(({ name, files }) => name.test(library) && !files.test(file))
    .map(() => `${file}: ${library} may not be imported here`);
  if (pure.test(file) && !type && !pureLibraries.test(library))
    faults.push(`${file} is pure: it may not import ${library}`);
  return faults;
};

const doorFaults = (file, text) =>
  doors
    .filter(({ pattern, files }) => !files.test(file) && pattern.test(withoutComments(text)))
    .map(({ what }) => `${file}: ${what} has one door, and this isn't it`);

const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

const roomOf = (file) =>
  file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.tsx?$/, '');

const rank = (room) => {
  const place = rooms.indexOf(room);
  return place < 0 ? Number.NaN : place;
};

const ringsIn = (graph) => {
  const rings = [];
  const state = new Map();
  const visit = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      rings.push(`imports form a ring: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    for (const { local } of graph.get(file) ?? []) if (local) visit(local, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return rings;
};

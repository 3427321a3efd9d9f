/** Reads the article's node out of a page's JSON-LD, whatever shape the site gives it. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined when it isn't JSON even after the wrappings that sites put around it are taken off, or nests absurdly deep. */
export const parseStructuredData = (text: string): unknown => {
  const bare = text
    .replace(/^[\s;]*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)[\s;]*$/, '');
  // Raw line ends inside strings aren't JSON, but search engines read past them.
  const data = tryParse(bare) ?? tryParse(bare.replace(/[\u0000-\u001f]+/g, ' '));
  return isTooDeep(data) ? undefined : data;
};

/** Nodes of a JSON-LD document that can be a page's main entity: top level, arrays, `@graph`, `mainEntity`. */
export const topNodes = (data: unknown): JsonObject[] => {
  const nodes: JsonObject[] = [];
  const waiting: unknown[] = [data];
  for (let steps = 0; steps < waiting.length && steps < MAX_NODES; steps += 1) {
    const next = waiting[steps];
    if (Array.isArray(next)) waiting.push(...next.slice(0, MAX_NODES));
    else if (isObject(next)) {
      nodes.push(next);
      waiting.push(...[next['@graph'], next.mainEntity].filter((part) => typeof part === 'object'));
    }
  }
  return nodes;
};

export const isArticleNode = (node: JsonObject): boolean =>
  [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE_TYPES.has(bareType(type)));

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `http://schema.org/NewsArticle`, `schema:NewsArticle` and `NewsArticle` are one type. */
export const bareType = (type: string): string => type.replace(/^.*[/:#]/, '');

const MAX_NODES = 2000;

const ARTICLE_TYPES = new Set([
  'Article',
  'NewsArticle',
  'AnalysisNewsArticle',
  'AskPublicNewsArticle',
  'BackgroundNewsArticle',
  'OpinionNewsArticle',
  'ReportageNewsArticle',
  'ReviewNewsArticle',
  'AdvertiserContentArticle',
  'SatiricalArticle',
  'ScholarlyArticle',
  'MedicalScholarlyArticle',
  'TechArticle',
  'APIReference',
  'BlogPosting',
  'LiveBlogPosting',
  'Report',
]);

/** What is nested deeper can't be walked or written without exhausting the stack, and describes no article. */
const MAX_DEPTH = 100;

const isTooDeep = (data: unknown, depth = 0): boolean => {
  if (typeof data !== 'object' || data === null) return false;
  if (depth >= MAX_DEPTH) return true;
  if (Array.isArray(data)) return data.some((part) => isTooDeep(part, depth + 1));
  // A list of its values for each object would cost more than reading it did.
  for (const key in data) if (isTooDeep((data as JsonObject)[key], depth + 1)) return true;
  return false;
};

const tryParse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

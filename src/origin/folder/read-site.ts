/** Reads `site.yaml`; a faulty one is reported, and the last good one (or the defaults) stands. */
import { cleanText } from './clean-text.ts';
import { type SiteFacts, siteSchema } from './site-schema.ts';
import { readYamlMap } from './split-front-matter.ts';
import type { ContentFault } from './stored-article.ts';

/** `text` is the file's, '' when there is none. */
export const readSite = (
  text: string,
  lastGood: SiteFacts | undefined,
): { readonly facts: SiteFacts; readonly faults: readonly ContentFault[] } => {
  const standIn = lastGood ?? siteSchema.parse({});
  const yaml = readYamlMap(cleanText(text));
  if (yaml.kind === 'faulty') {
    const fault = {
      file: 'site.yaml',
      line: yaml.line,
      problem: yaml.problem,
      remedy: 'Put text that holds “: ” or “#” in quotes.',
    };
    return { facts: standIn, faults: [fault] };
  }
  const parsed = siteSchema.safeParse(yaml.fields);
  if (parsed.success) return { facts: parsed.data, faults: [] };
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.length === 0 && 'keys' in issue ? String(issue.keys[0]) : issue.path.join('.');
    const line = yaml.lines.get(path.split('.')[0] ?? '') ?? 1;
    const remedy = issue.code === 'unrecognized_keys' ? 'Leave this key out.' : issue.message;
    return { file: 'site.yaml', line, problem: `“${path}” can’t be used`, remedy };
  });
  return { facts: standIn, faults };
};

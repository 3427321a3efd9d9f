/** Two sites with an article for each kind of view: somebody's own, and a folder of Markdown. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { styleHash } from '../../src/pages/style-text.ts';
import { type ViewKind, viewKinds } from './view-kinds.ts';

export type SiteLanguage = 'en' | 'ar';
export const siteLanguages = ['en', 'ar'] as const;

export interface ViewSite {
  /** What of the gateway's settings says where the articles are. */
  readonly source: { readonly originUrl: string } | { readonly contentDir: string };
  stop(): Promise<void>;
}

/** One that has others of its publication and on its topic beside it, one that stands alone, and one to be read before. */
type Place = 'news' | 'alone' | 'before';

export const pathOf = ({ name }: ViewKind, language: SiteLanguage, place: Place = 'news'): string =>
  place === 'alone' ? `/alone-${language}-${name}/story` : `/${place}/${language}-${name}`;

const all = Object.values(viewKinds).flat();
const each = siteLanguages.flatMap((language) => all.map((kind) => ({ kind, language })));

/** A publication for each article that stands alone, a rule for each kind, and a meter for each that is metered. */
export const viewPolicy = `
site: { name: The Meridian Review, language: en, timeZone: UTC }
publications:
  - { id: news, name: Harbour Quarterly, paths: /news/** }
  - { id: before, name: Yesterday, paths: /before/** }
${each.map(({ kind, language }) => `  - { id: alone-${language}-${kind.name}, name: The Lone Gazette, paths: /alone-${language}-${kind.name}/** }`).join('\n')}
products: [{ id: all, name: Everything }, { id: unsold, name: Something else }]
plans:
  - { id: monthly, name: 'Everything, by the month', products: all, price: price_monthly, interval: month }
  - { id: weekly, name: A week of everything, description: Paid once; ends by itself, products: all }
meters:
  main: { visitor: 3 }
${each.flatMap(({ kind, language }) => (kind.meter ? [`  ${language}-${kind.name}: ${kind.meter}`] : [])).join('\n')}
articles:
  paths: ['/news/*', '/news/*/amp', '/before/*', '/alone-*/*']
  body: .article-body
  metadata: false
cutoff: { characters: 300, atMost: 100 }
sentry: { learn: { on: false } }
rules:
${each
  .map(
    ({ kind, language }) => `  - name: ${language}-${kind.name}
    when: { path: ['/*/${language}-${kind.name}', '/*/${language}-${kind.name}/*', '/alone-${language}-${kind.name}/*'] }
    access: ${kind.access}
    products: ${kind.withoutPlans ? 'unsold' : 'all'}${kind.meter ? `\n    meter: ${language}-${kind.name}` : ''}`,
  )
  .join('\n')}
otherwise: { access: open, products: all, meter: main }
preview: { notice: true }
whenDown: { meter: preview, entitlements: token }
`;

const words = {
  en: {
    title: 'The pilots of the outer bank',
    section: 'World',
    tag: 'harbour',
    author: 'Ada Lund',
    paragraphs: [
      'Long before the first light the pilots walk down to the quay, where the boat lies with her engine running, and look out over the bar without a word, since everybody can see for himself what the night has done to it.',
      'They have gone out from here for four hundred years. The names on the board in the harbour office are the same seven or eight, over and over, and beside each of them stands the year in which it ends.',
      'Nobody reads the board. It hangs there as a door hangs there, and they go past it, and down the steps, and out.',
    ],
    masthead: 'The Meridian Review',
    foot: 'Printed by nobody at all, in the year of the tests.',
  },
  ar: {
    title: 'ربابنة الضفّة البعيدة',
    section: 'العالم',
    tag: 'ميناء',
    author: 'ناجية الصفواني',
    paragraphs: [
      'قبل أن يطلع الضوء بوقتٍ طويل ينزل الربابنة إلى الرصيف، حيث يرسو القارب ومحرّكه يدور، وينظرون إلى البحر من غير كلمة، فكلّ واحدٍ منهم يرى بعينه ما فعله الليل بالمدخل.',
      'يخرجون من هنا منذ أربعمئة عام. والأسماء على اللوح في مكتب الميناء هي سبعة أسماءٍ أو ثمانية، تعود مرّةً بعد مرّة، وإلى جانب كلٍّ منها السنة التي ينتهي فيها.',
      'لا يقرأ اللوحَ أحد. إنه معلّقٌ هناك كما يُعلَّق الباب، وهم يمرّون به وينزلون الدرج ويخرجون إلى عملهم.',
    ],
    masthead: 'مراجعة خطّ الزوال',
    foot: 'لم يطبعها أحد، في سنة الاختبارات.',
  },
} as const;

/** Short of words that are longer than a telephone is wide. */
const titleOf = ({ name }: ViewKind, language: SiteLanguage): string =>
  `${words[language].title} ${all.findIndex((kind) => kind.name === name) + 1}`;

// Somebody's own site

export const startOwnSite = async (): Promise<ViewSite> => {
  const server = createServer(({ url = '/' }, response) => {
    const page = pageAt(url.split('?', 1)[0] ?? '/');
    response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page ?? '<!doctype html><title>Nothing here</title><p>Nothing here.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    source: { originUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const pageAt = (path: string): string | undefined => {
  const [, place = '', , amp] = /^\/(news|before|alone-[\w-]+)\/([\w-]+)(\/amp)?$/.exec(path) ?? [];
  const found = each.find(({ kind, language }) =>
    (['news', 'alone', 'before'] as const).some(
      (each) => path.replace(/\/amp$/, '') === pathOf(kind, language, each),
    ),
  );
  return found && pageOf(found.kind, found.language, place.startsWith('alone-'), amp !== undefined);
};

const ownStyle = `:root { color-scheme: light dark } body { margin: 0; font: 1.0625rem/1.6 sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: 1rem } header, footer { padding: 1rem; border-block: 1px solid }`;

/** Forbids every style but the page's own: Gatefold's have to be let through. AMP forbids such a policy. */
const ownPolicy = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src ${styleHash(ownStyle)}">`;

const pageOf = (kind: ViewKind, language: SiteLanguage, alone: boolean, amp: boolean): string => {
  const { section, tag, author, paragraphs, masthead, foot } = words[language];
  const facts = alone
    ? ''
    : `<meta property="article:section" content="${section}"><meta property="article:tag" content="${tag}"><meta name="author" content="${author}">`;
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html>
<html${amp ? ' amp' : ''} lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
${amp ? '' : ownPolicy}<title>${titleOf(kind, language)}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:type" content="article">${facts}
${amp ? `<link rel="canonical" href="/news/${language}-${kind.name}">` : ''}<style${amp ? ' amp-custom' : ''}>${ownStyle}</style></head>
<body><header>${masthead}</header><main><article><h1>${titleOf(kind, language)}</h1>
<div class="${kind.withoutBody ? 'text' : 'article-body'}">${text}</div></article></main><footer>${foot}</footer></body></html>`;
};

// A folder of Markdown

export const makeFolderSite = async (): Promise<ViewSite> => {
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-views-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('site.yaml', 'name: The Meridian Review\nlanguage: en\ntimeZone: UTC\n');
  for (const { kind, language } of each)
    for (const place of ['news', 'alone', 'before'] as const) {
      const path = pathOf(kind, language, place);
      write(`articles${path}.md`, markdownOf(kind, language, path));
    }
  return {
    source: { contentDir: folder },
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

const markdownOf = (kind: ViewKind, language: SiteLanguage, path: string): string => {
  const { section, tag, author, paragraphs } = words[language];
  const [, publication = ''] = path.split('/');
  const facts = publication.startsWith('alone-')
    ? ''
    : `section: ${section}\ntags: [${tag}]\nauthor: ${author}\n`;
  return `---\ntitle: "${titleOf(kind, language)}"\npublication: ${publication}\npublished: 2026-11-02T06:00:00Z\nlanguage: ${language}\n${facts}---\n\n${paragraphs.join('\n\n')}\n`;
};

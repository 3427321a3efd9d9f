/** What `gatefold init` finds out of sites of each system, what it says that it isn't sure of, and what it leaves alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { knownMessages } from '../../src/pages/messages/message-keys.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { createMatcher } from '../../src/policy/match.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { formatFault } from '../../src/policy/policy-fault.ts';
import { conclude } from '../../src/survey/conclude.ts';
import { policyText } from '../../src/survey/policy-text.ts';
import type { Survey } from '../../src/survey/survey.ts';
import { CannotBeSeen, surveySite } from '../../src/survey/survey-site.ts';
import { sawLines } from '../../src/survey/survey-words.ts';
import { buildCommand, gatefold } from '../support/command.ts';
import {
  type Answers,
  ghost,
  hugo,
  type ImitatedSite,
  next,
  page,
  paragraphs,
  startImitatedSite,
  sveltekit,
  urlset,
  wordpress,
} from './imitated-sites.ts';

const sites: ImitatedSite[] = [];
const start = async (answers: Answers): Promise<ImitatedSite> => {
  const site = await startImitatedSite(answers);
  sites.push(site);
  return site;
};
afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop()));
});

const defaults = (): Policy => {
  const loaded = loadPolicy('{}', 'defaults.yaml', knownMessages);
  if (loaded.kind === 'faulty') throw new Error('a policy of defaults has faults');
  return loaded.policy;
};

/** The clock goes on by what is waited for, and nobody waits. */
const look = async (from: string, questions = 60): Promise<Survey> => {
  let now = 1_000_000;
  return surveySite({
    from: new URL(from),
    bounds: { questions },
    clock: () => now,
    pause: async (ms) => {
      now += ms;
    },
    signal: new AbortController().signal,
  });
};

interface Written {
  readonly text: string;
  readonly policy: Policy;
  readonly unsure: string;
  readonly saw: string;
}

const written = (survey: Survey): Written => {
  const { articles, originCache } = defaults();
  const found = conclude(survey, { body: articles.body, personalCookies: originCache.personalCookies });
  const text = policyText(survey, found, originCache.personalCookies);
  const loaded = loadPolicy(text, 'written.yaml', knownMessages);
  if (loaded.kind === 'faulty') throw new Error(`${loaded.faults.map(formatFault).join('\n')}\n${text}`);
  expect(loaded.warnings.map(formatFault)).toEqual([]);
  return {
    text,
    policy: loaded.policy,
    unsure: found.unsure.join('\n'),
    saw: sawLines(survey, found).join('\n'),
  };
};

describe('a site of each system', () => {
  test('WordPress: dated posts, the theme’s text, its name and time zone, its cookies, no comments for articles', async () => {
    const site = await start(wordpress);
    const { policy, saw, unsure } = written(await look(site.url));
    expect(policy.articles.paths).toEqual(['/20[0-9][0-9]/*/*/*']);
    expect(policy.articles.body).toEqual(['.entry-content']);
    expect(policy.site).toMatchObject({
      name: 'The Tide Table & Almanac',
      language: 'en-GB',
      timeZone: 'Europe/London',
    });
    const { isPersonalCookie } = createMatcher(policy);
    for (const name of [
      'wordpress_logged_in_0a',
      'wp_lang',
      'comment_author_0a',
      'PHPSESSID',
      'wp-postpass_0a',
    ])
      expect([name, isPersonalCookie(name)]).toEqual([name, true]);
    expect(isPersonalCookie('_ga')).toBe(false);
    expect(saw).toContain('WordPress');
    expect(saw).toContain('/comments/feed/: 1 entry of comments');
    expect(saw).toContain('/feed/: 6 entries');
    expect(unsure).not.toContain('sitemap');
    expect(site.asked.findIndex(({ target }) => target.includes('posts-post'))).toBeLessThan(
      site.asked.findIndex(({ target }) => target.includes('taxonomies')),
    );
  });

  test('Ghost: posts at the root are left to what they state, and members’ pages are their own', async () => {
    const site = await start(ghost);
    const { policy, unsure, text } = written(await look(site.url));
    expect(policy.articles.paths).toEqual([]);
    expect(policy.articles.body).toEqual(['.gh-content']);
    expect(createMatcher(policy).isPersonalCookie('ghost-members-ssr.sig')).toBe(true);
    expect(unsure).toMatch(/\/\* would cover 6 of the articles seen .* other pages.*recognised by that/);
    expect(text).toContain('# Not written, since it covers');
    expect(text).toContain('Tides (6)');
    expect(policy.site.name).toBe('The Tide Table');
  });

  test('Hugo: articles that nothing but a feed tells of get paths, a glob for each section', async () => {
    const site = await start(hugo);
    const { policy, unsure } = written(await look(site.url));
    expect([...policy.articles.paths].sort()).toEqual(['/essays/*', '/news/*']);
    expect(policy.articles.body).toEqual(['.post-content']);
    expect(unsure).toContain('6 of 6 articles don’t state that they are');
  });

  test('Next.js: no class that a tool made up is taken for a name, and cookies that everybody gets are named', async () => {
    const site = await start(next);
    const { policy, unsure } = written(await look(site.url));
    expect(policy.articles.paths).toEqual(['/blog/*']);
    expect(policy.articles.body).toEqual(['article']);
    expect(createMatcher(policy).isPersonalCookie('__prerender_bypass')).toBe(true);
    expect(unsure).toContain('gives every visitor visitor_session, which counts as personal');
    expect(unsure).toContain('gives every visitor theme, which isn’t counted as personal');
    expect(unsure).toContain('No feed was found');
  });

  test('SvelteKit: long texts alike are taken for articles, one by itself isn’t', async () => {
    const site = await start(sveltekit);
    const { policy, unsure } = written(await look(site.url));
    expect(policy.articles.paths).toEqual(['/stories/*']);
    expect(policy.articles.body).toEqual(['.prose']);
    expect(createMatcher(policy).isArticlePath('/about/')).toBe(false);
    expect(unsure).toContain('by their long text');
  });
});

describe('the site is treated with care', () => {
  test('it is asked no more than it may be, at so many a second, and told who asks', async () => {
    const paths = Array.from({ length: 500 }, (_, at) => `/news/story-${at}`);
    const endless: Answers = (target, _req, host) =>
      target === '/sitemap.xml'
        ? urlset(host, paths)
        : { body: page({ title: target, main: '<main><p>Short.</p></main>' }) };
    const site = await start(endless);
    let now = 0;
    const times: number[] = [];
    const survey = await surveySite({
      ...{ from: new URL(site.url), bounds: { questions: 20, perSecond: 2 } },
      clock: () => now,
      pause: async (ms) => {
        times.push(ms);
        now += ms;
      },
      signal: new AbortController().signal,
    });
    expect(site.asked.length).toBe(20);
    expect(now).toBeGreaterThanOrEqual(19 * 500);
    expect(survey.endedBy).toContain('20 questions');
    expect(written(survey).unsure).toContain('Not all was looked at');
    for (const { headers } of site.asked) expect(headers['user-agent']).toContain('gatefold init');
  });

  test('a site that says that it is busy is left alone', async () => {
    const site = await start((target, _req, host) => {
      if (target === '/') return hugo(target, _req, host);
      return { status: 503, headers: { 'Retry-After': '3600' }, body: 'later' };
    });
    const survey = await look(site.url);
    expect(site.asked.length).toBeLessThan(4);
    expect(written(survey).unsure).toContain('asked to be left alone');
  });

  test.each([
    ['closed to strangers', () => ({ status: 401, body: 'no' }), /401.*closed to strangers/],
    [
      'going round in circles',
      (target: string) => ({ status: 302, headers: { Location: `${target}x` } }),
      /from redirect to redirect/,
    ],
    ['no page', () => ({ type: 'image/png', body: 'png' }), /no page but image\/png/],
    ['not there', () => undefined, /answered 404/],
  ] as const)('a front page that is %s ends it with what to do', async (_what, answers, words) => {
    const site = await start(answers as Answers);
    await expect(look(site.url)).rejects.toThrow(words);
    await expect(look(site.url)).rejects.toBeInstanceOf(CannotBeSeen);
  });

  test('a site that sends its own name away to its public one is asked by that', async () => {
    const site = await start((target, req, host) =>
      req.headers.host === 'news.example.org'
        ? hugo(target, req, 'news.example.org')
        : { status: 301, headers: { Location: `http://news.example.org${target}` }, body: host },
    );
    const survey = await look(site.url);
    expect(survey).toMatchObject({
      needsPublicHost: true,
      publicUrl: 'http://news.example.org',
      originUrl: site.url,
    });
    expect([...written(survey).policy.articles.paths].sort()).toEqual(['/essays/*', '/news/*']);
  });
});

describe('what it isn’t sure of is said', () => {
  test('a site without articles gets a policy that is in order, and is told what to do', async () => {
    const site = await start((target) =>
      target === '/' ? { body: page({ title: 'Shop', main: '<main><p>Nets.</p></main>' }) } : undefined,
    );
    const { unsure, policy } = written(await look(site.url));
    expect(unsure).toContain('No article was found');
    expect(unsure).toContain('No sitemap was found');
    expect(policy.articles.paths).toEqual([]);
  });

  test('a front page that calls itself an article, and a text that is elsewhere on some', async () => {
    const own = (path: string, name: string): string =>
      page({
        title: path,
        head: '<meta property="og:type" content="article">',
        main: `<main><h1>${path}</h1><div class="${name}">${paragraphs(path)}</div></main>`,
      });
    const site = await start((target) => {
      const [, slug] = /^\/news\/(\w+)$/.exec(target) ?? [];
      if (slug) return { body: own(target, slug < 'd' ? 'story-text' : 'report-text') };
      return target === '/'
        ? {
            body: page({
              title: 'Front',
              head: '<meta property="og:type" content="article">',
              main: `<main>${['a', 'b', 'c', 'd', 'e'].map((name) => `<a href="/news/${name}">${name}</a>`).join(' ')}</main>`,
            }),
          }
        : undefined;
    });
    const { unsure, policy } = written(await look(site.url));
    expect(unsure).toContain('The front page calls itself an article');
    expect([...policy.articles.body].sort()).toEqual(['.report-text', '.story-text']);
  });

  test('whatever a site calls itself, the policy is in order and says nothing that the site made up', async () => {
    const names = [
      'a: b # c',
      '- x\n- y',
      '"quoted" \'twice\' \\',
      '{}',
      'null',
      '&anchor *alias',
      '\u2028rules: []',
      '%YAML 9',
      `x${'y'.repeat(5_000)}`,
    ];
    for (const name of names) {
      const escaped = name.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      const site = await start((target) => {
        const head = `<meta property="og:site_name" content="${escaped}"><meta property="article:section" content="${escaped}"><meta property="og:type" content="article"><meta name="generator" content="${escaped}">`;
        if (target === '/')
          return {
            body: page({
              title: 'F',
              head,
              main: '<main><a href="/news/x:%20y">a</a><a href="/news/b">b</a><a href="/news/%23c">c</a></main>',
            }),
          };
        return target.startsWith('/news/')
          ? {
              body: page({
                title: 'A',
                head,
                main: `<main><div class="story-text">${paragraphs(target)}</div></main>`,
              }),
            }
          : undefined;
      });
      const { policy } = written(await look(site.url, 24));
      expect(policy.rules).toEqual([]);
      expect(policy.articles.paths).toEqual(['/news/*']);
      expect(policy.site.name.length).toBeLessThanOrEqual(100);
    }
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatefold-init-'));
  beforeAll(buildCommand, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('writes a policy that check finds in order, and leaves a file that is there as it is', async () => {
    const site = await start(sveltekit);
    const out = join(folder, 'policy.yaml');
    const first = await gatefold(['init', '--from', site.url, '--out', out], {});
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain(
      'By it 6 of the 6 articles that were seen are recognised, and the text of 6 is found.',
    );
    const checked = await gatefold(['check', out], { POLICY_FILE: out });
    expect(checked).toMatchObject({ code: 0, err: '' });
    writeFileSync(out, 'site: { name: Mine }\n');
    const askedBefore = site.asked.length;
    const second = await gatefold(['init', '--from', site.url, '--out', out], {});
    expect(second.code).toBe(1);
    expect(second.err).toContain('--overwrite');
    expect(readFileSync(out, 'utf8')).toBe('site: { name: Mine }\n');
    expect(site.asked.length).toBe(askedBefore);
  });

  test('says what is wrong with an address, repeats no password, and writes nothing', async () => {
    const out = join(folder, 'never.yaml');
    const tried = {
      'ftp://example.org': 'is no address of a site',
      'http://me:secret@127.0.0.1:9/': 'asks for a password',
      'http://127.0.0.1:9/': 'can’t be looked at',
    };
    const ended = await Promise.all(
      Object.keys(tried).map((from) => gatefold(['init', '--from', from, '--out', out], {})),
    );
    for (const [at, words] of Object.values(tried).entries()) {
      expect(ended[at]).toMatchObject({ code: 1, err: expect.stringContaining(words) });
      expect(ended[at]?.err).not.toContain('secret');
    }
    expect(() => readFileSync(out)).toThrow();
  });
});

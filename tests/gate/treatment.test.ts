/** What is done with a response once its head is known, as a table. */
import { describe, expect, test } from '@jest/globals';
import { asksForPage, mayBeOtherForm, typeClass } from '../../src/gate/inspect-type.ts';
import { type TreatmentFacts, treatmentOf } from '../../src/gate/treatment.ts';
import type { HeaderPairs } from '../../src/origin/origin.ts';

const plainQuestion: TreatmentFacts = {
  target: '/story',
  path: '/story',
  method: 'GET',
  articlePath: false,
  nearArticle: false,
  namedForm: false,
  jsonPath: false,
  cutsFeeds: true,
  accept: 'text/html,*/*;q=0.8',
  knownPlain: false,
  conditional: false,
};
const article = { articlePath: true };
const asksJson = { accept: 'application/json' };

const html: HeaderPairs = [['Content-Type', 'text/html; charset=utf-8']];
const json: HeaderPairs = [['content-type', 'application/json']];
const pdf: HeaderPairs = [['Content-Type', 'application/pdf']];
const text: HeaderPairs = [['Content-Type', 'text/plain']];
const image: HeaderPairs = [['Content-Type', 'image/png']];
const rss: HeaderPairs = [['Content-Type', 'application/rss+xml']];
const parts: HeaderPairs = [['Content-Type', 'multipart/byteranges; boundary=x']];
const stated: HeaderPairs = [['Gatefold-Article', 'level=locked']];
const script: HeaderPairs = [['Content-Type', 'application/javascript']];
const rows: HeaderPairs = [['Content-Type', 'text/x-component']];
const elsewhere: HeaderPairs = [['Location', '/elsewhere']];
const canonical: HeaderPairs = [['Link', '</story>; rel="canonical"']];
const none: HeaderPairs = [['gatefold-article', 'none']];

describe('a response', () => {
  test.each<[string, number, HeaderPairs, Partial<TreatmentFacts>, string]>([
    ['a page anywhere', 200, html, {}, 'collect'],
    ['a page of unstated type', 200, [], {}, 'collect'],
    ['an image', 200, image, {}, 'stream'],
    ['an image at an article’s address', 200, image, article, 'hold'],
    ['a PDF', 200, pdf, {}, 'stream'],
    ['a PDF at an article’s address', 200, pdf, article, 'hold'],
    ['plain text at an article’s address', 200, text, article, 'hold'],
    ['JSON that a script asks for with */*', 200, json, { accept: '*/*' }, 'stream'],
    ['JSON that was asked for by name', 200, json, asksJson, 'probe'],
    [
      'JSON that was asked for by name where nothing stands',
      200,
      json,
      { ...asksJson, knownPlain: true },
      'stream',
    ],
    ['JSON that depends on Accept', 200, [...json, ['Vary', 'Origin, Accept']], { accept: '*/*' }, 'probe'],
    ['JSON at an article’s address', 200, json, article, 'hold'],
    ['JSON that the policy can cut', 200, json, { jsonPath: true }, 'collect'],
    ['plain text that was asked for by name', 200, text, { accept: 'text/plain' }, 'probe'],
    ['an answer to a form', 200, json, { ...asksJson, method: 'POST' }, 'stream'],
    ['a feed', 200, rss, {}, 'collect'],
    ['a feed where feeds pass', 200, rss, { cutsFeeds: false }, 'stream'],
    ['a part of a film at an article’s address', 206, [['Content-Type', 'video/mp4']], article, 'hold'],
    ['a part of an article’s PDF', 206, pdf, article, 'ask-again'],
    ['a part of a page', 206, html, { conditional: true }, 'ask-again'],
    ['parts of something', 206, parts, { conditional: true }, 'ask-again'],
    [
      'a part of a film',
      206,
      [['Content-Type', 'video/mp4']],
      { conditional: true, path: '/film.mp4' },
      'stream',
    ],
    ['a 304 to a client’s condition', 304, [], { conditional: true }, 'ask-again'],
    ['a 304 of an asset', 304, [], { conditional: true, path: '/app.js' }, 'stream'],
    ['HEAD of a page', 200, html, { method: 'HEAD' }, 'ask-again'],
    ['HEAD of an image', 200, image, { method: 'HEAD' }, 'stream'],
    ['HEAD of a PDF at an article’s address', 200, pdf, { ...article, method: 'HEAD' }, 'ask-again'],
    ['nothing', 204, html, article, 'stream'],
    ['an error’s page', 404, html, article, 'collect'],
    ['an error in plain text', 404, text, article, 'stream'],
    ['an error in JSON', 500, json, { ...article, ...asksJson }, 'stream'],
    ['an error in a type that the origin calls an article', 404, [...text, ...stated], {}, 'hold'],
    ['plain text that the origin calls an article', 200, [...text, ...stated], {}, 'hold'],
    ['JSON that the origin calls no article', 200, [...json, ...none], article, 'stream'],
    ['a page that the origin calls no article', 200, [...html, ...none], article, 'collect'],
    ['a redirect with a page', 302, [...html, ...elsewhere], article, 'stream'],
    ['a redirect in plain text at an article’s address', 301, [...text, ...elsewhere], article, 'stream'],
    ['a redirect to a HEAD', 308, elsewhere, { ...article, method: 'HEAD' }, 'stream'],
    ['what is called a redirect and leads nowhere', 302, html, article, 'collect'],
    ['a script', 200, script, {}, 'stream'],
    ['a script at an article’s address', 200, script, article, 'hold'],
    ['a script at a path whose JSON the policy can cut', 200, script, { jsonPath: true }, 'collect'],
    ['a script whose query asks for a form', 200, script, { target: '/story?format=js' }, 'probe'],
    ['a script beside an article', 200, script, { nearArticle: true }, 'probe'],
    [
      'a script beside one that was looked at',
      200,
      script,
      { nearArticle: true, knownPlain: true },
      'stream',
    ],
    [
      'plain text whose query asks for a form',
      200,
      text,
      { target: '/story?format=txt', accept: '*/*' },
      'probe',
    ],
    [
      'rows that depend on a header of a framework’s',
      200,
      [...rows, ['Vary', 'RSC']],
      { accept: '*/*' },
      'probe',
    ],
    ['a PDF that names its page', 200, [...pdf, ...canonical], {}, 'probe'],
    ['a feed in plain text', 200, text, { target: '/rss.txt' }, 'collect'],
    ['a feed in JSON', 200, json, { target: '/?feed=json', accept: '*/*' }, 'collect'],
  ])('%s (%d)', (_what, status, headers, facts, treatment) => {
    expect(treatmentOf({ status, headers }, { ...plainQuestion, ...facts })).toBe(treatment);
  });
});

describe('types', () => {
  test.each([
    [undefined, 'page'],
    ['', 'page'],
    ['nonsense', 'page'],
    ['TEXT/HTML', 'page'],
    ['application/xhtml+xml', 'page'],
    ['multipart/byteranges; boundary=x', 'page'],
    ['application/ld+json', 'json'],
    ['application/atom+xml', 'feed'],
    ['image/svg+xml', 'opaque'],
    ['application/javascript', 'script'],
    ['application/x-ndjson', 'script'],
    ['text/css', 'opaque'],
    ['text/event-stream', 'opaque'],
    ['text/x-anything', 'document'],
    ['application/pdf', 'document'],
    ['video/mp4', 'opaque'],
  ])('%s is %s', (type, expected) => {
    expect(typeClass(type, '/story')).toBe(expected);
  });
});

describe('Accept', () => {
  test.each([
    [undefined, false],
    ['*/*', false],
    ['text/html', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', true],
    ['text/html, */*; q=0.01', true],
    ['text/html;q=0.1, application/json', false],
    ['text/html, application/json', false],
    ['application/json, text/html', false],
    ['text/vnd.turbo-stream.html, text/html', false],
  ])('%s asks for a page: %s', (accept, asks) => {
    expect(asksForPage(accept)).toBe(asks);
    expect(mayBeOtherForm(accept, undefined)).toBe(!asks && accept !== undefined && accept !== '*/*');
  });
});

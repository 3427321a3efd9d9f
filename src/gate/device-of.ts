/** Which kind of device a `User-Agent` names, and in whose name an origin is asked for a page for all of that kind. */

/**
 * There are thousands of `User-Agent`s, and any number can be made up. Sites tell telephones from desks, one engine from another
 * at most, and crawlers; so copies are kept apart by these. The origin is asked in the name of one browser of the kind:
 * what a reader wrote would otherwise stand in a page that others get, where a site repeats it.
 */
export const deviceUserAgent = (userAgent: string): string => {
  const text = userAgent.slice(0, longest);
  const crawler = crawlers.find(({ names }) => names.test(text));
  if (crawler) return crawler.asks(isPhone(text));
  return devices.find(({ names }) => names.test(text))?.asks ?? 'Mozilla/5.0 (compatible)';
};

/** Real ones have up to about 300 characters. */
const longest = 500;

const isPhone = (text: string): boolean => /\bMobi|iPhone|iPod|Android.{0,200}\bMobile\b/.test(text);

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const gecko = 'Gecko/20100101 Firefox/140.0';

const robot = (words: string) => (phone: boolean) =>
  phone
    ? `Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36 (compatible; ${words})`
    : `Mozilla/5.0 (compatible; ${words})`;

const preview = (words: string) => () => words;

/** Those that sites are known to have pages for; every other one is a robot without a name. */
const crawlers: readonly { readonly names: RegExp; asks(phone: boolean): string }[] = [
  { names: /Googlebot/i, asks: robot('Googlebot/2.1; +http://www.google.com/bot.html') },
  { names: /bingbot/i, asks: robot('bingbot/2.0; +http://www.bing.com/bingbot.htm') },
  { names: /Applebot/i, asks: robot('Applebot/0.1; +http://www.apple.com/go/applebot') },
  { names: /DuckDuckBot/i, asks: robot('DuckDuckBot-Https/1.1; https://duckduckgo.com/duckduckbot') },
  { names: /YandexBot/i, asks: robot('YandexBot/3.0; +http://yandex.com/bots') },
  { names: /Baiduspider/i, asks: robot('Baiduspider/2.0; +http://www.baidu.com/search/spider.html') },
  {
    names: /facebookexternalhit|facebookcatalog/i,
    asks: preview('facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'),
  },
  { names: /Twitterbot/i, asks: preview('Twitterbot/1.0') },
  { names: /LinkedInBot/i, asks: preview('LinkedInBot/1.0 (compatible; Mozilla/5.0)') },
  { names: /Slackbot/i, asks: preview('Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)') },
  { names: /TelegramBot/i, asks: preview('TelegramBot (like TwitterBot)') },
  {
    names: /Discordbot/i,
    asks: preview('Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)'),
  },
  { names: /WhatsApp/i, asks: preview('WhatsApp/2.2') },
  { names: /bot\b|crawl|spider|slurp/i, asks: robot('robot') },
];

/** The first that fits: what is more special stands before what it also calls itself. */
const devices: readonly { readonly names: RegExp; readonly asks: string }[] = [
  {
    names: /iPad/,
    asks: `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${webKit} Mobile/15E148 Safari/604.1`,
  },
  {
    names: /iPhone|iPod/,
    asks: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webKit} Mobile/15E148 Safari/604.1`,
  },
  {
    names: /Windows Phone|IEMobile|BlackBerry|BB10|Opera M(?:ini|obi)|Symbian|KAIOS|J2ME|MIDP/i,
    asks: 'Mozilla/5.0 (Mobile; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5',
  },
  {
    names: /Android.{0,300}Mobile.{0,300}Firefox/,
    asks: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
  },
  {
    names: /Android.{0,300}Mobile/,
    asks: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`,
  },
  {
    names: /Tizen|SMART-TV|SmartTV|Web0S|AppleTV|GoogleTV|BRAVIA|CrKey/i,
    asks: `Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) ${blink} TV Safari/537.36`,
  },
  { names: /Android|Kindle|Silk/, asks: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Safari/537.36` },
  { names: /Mobi/, asks: `Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36` },
  {
    names: /MSIE|Trident/,
    asks: 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
  },
  { names: /Windows.{0,300}Firefox/, asks: `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) ${gecko}` },
  { names: /Windows/, asks: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36` },
  {
    names: /Macintosh.{0,300}Firefox/,
    asks: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) ${gecko}`,
  },
  {
    names: /Macintosh.{0,300}(?:Chrom|Edg)/,
    asks: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${blink} Safari/537.36`,
  },
  { names: /Macintosh/, asks: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Safari/605.1.15` },
  { names: /CrOS/, asks: `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${blink} Safari/537.36` },
  { names: /(?:X11|Linux).{0,300}Firefox/, asks: `Mozilla/5.0 (X11; Linux x86_64; rv:140.0) ${gecko}` },
  { names: /X11|Linux/, asks: `Mozilla/5.0 (X11; Linux x86_64) ${blink} Safari/537.36` },
];

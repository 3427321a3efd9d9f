/** A reader's locale as one of those that Stripe's hosted pages speak; `auto` lets the browser decide. */

/** Both hosted pages speak these. */
const everywhere = [
  ...[
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'en-GB',
    'es',
    'es-419',
    'et',
    'fi',
    'fil',
    'fr',
    'fr-CA',
    'hr',
    'hu',
  ],
  ...[
    'id',
    'it',
    'ja',
    'ko',
    'lt',
    'lv',
    'ms',
    'mt',
    'nb',
    'nl',
    'pl',
    'pt',
    'pt-BR',
    'ro',
    'ru',
    'sk',
    'sl',
  ],
  ...['sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'],
];
const spoken = {
  checkout: new Set([...everywhere, 'hi-IN']),
  portal: new Set([...everywhere, 'en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ', 'en-SG']),
};

/** @param locale BCP 47; anything else is `auto`. */
export const stripeLocale = (page: keyof typeof spoken, locale: string): string => {
  const asked = parse(locale);
  if (!asked) return 'auto';
  return candidates(asked).find((candidate) => spoken[page].has(candidate)) ?? 'auto';
};

const parse = (locale: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(locale);
  } catch {
    return undefined;
  }
};

/** Stripe's names for what BCP 47 calls otherwise. */
const otherNames: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', tl: 'fil' };

const candidates = (asked: Intl.Locale): readonly string[] => {
  const { language, region } = asked;
  const likely = asked.maximize();
  // Stripe's `zh-HK` and `zh-TW` are written in traditional characters, `zh` in simplified ones.
  if (language === 'zh') return likely.script === 'Hant' ? [`zh-${likely.region}`, 'zh-TW'] : ['zh'];
  return [
    ...(region === undefined ? [] : [`${language}-${region}`]),
    // Spanish of another country than Spain is nearer to Latin America's.
    ...(language === 'es' && region !== undefined && region !== 'ES' ? ['es-419'] : []),
    otherNames[language] ?? language,
    `${language}-${likely.region}`,
  ];
};

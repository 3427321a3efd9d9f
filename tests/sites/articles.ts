/** The articles that every site here shows, with a mark of its own in each sentence, so that what came back says whose text it is and how deep it goes. */

export interface SiteArticle {
  /** Letters only: its marks begin with it. */
  readonly key: string;
  readonly title: string;
  readonly section: string;
  readonly tags: readonly string[];
  readonly author: 'ada' | 'ben';
  /** ISO 8601, in UTC. */
  readonly publishedAt: string;
  readonly language: Language;
  /** Plain text, without markup. */
  readonly paragraphs: readonly string[];
  /** Without marks: the visitor spends the free reads here. */
  readonly spent: boolean;
}

type Language = 'en' | 'ar' | 'zh';

interface Written {
  readonly key: string;
  readonly title: string;
  readonly section: string;
  readonly tags: readonly string[];
  readonly language?: Language;
  readonly paragraphs?: number;
  readonly spent?: boolean;
}

const written: readonly Written[] = [
  { key: 'plain', title: 'The Lamp at Number Nine', section: 'News', tags: ['harbour', 'light'] },
  { key: 'pictures', title: 'Seen from the Breakwater', section: 'Culture', tags: ['photographs'] },
  { key: 'code', title: 'A Clock That Counts Backwards', section: 'Technology', tags: ['code', 'clocks'] },
  { key: 'table', title: 'What Tar Cost, 1871–1880', section: 'Business', tags: ['prices'] },
  { key: 'film', title: 'A Reel Found in the Loft', section: 'Culture', tags: ['film'] },
  { key: 'nights', title: 'Five Nights at the Lock', section: 'News', tags: ['long'], paragraphs: 30 },
  { key: 'supper', title: 'Soup for the Pilots', section: 'Food', tags: ['bread'] },
  { key: 'bridge', title: 'The Bridge and Its Neighbours', section: 'News', tags: ['bridge', 'letters'] },
  { key: 'arabic', title: 'حارس المنارة', section: 'Abroad', tags: ['منارة'], language: 'ar' },
  { key: 'chinese', title: '守灯塔的人', section: 'Abroad', tags: ['灯塔'], language: 'zh' },
  { key: 'note', title: 'A Line from the Pier', section: 'News', tags: ['note'], paragraphs: 2 },
  { key: 'quotes', title: '“Signals” & <Flags>: 90% of 🚩', section: 'Food', tags: ['flags & pins'] },
  { key: 'accents', title: 'Crêpes à l’île: déjà vu?', section: 'Food', tags: ['crêpes'] },
  ...['One', 'Two', 'Three', 'Four', 'Five'].map((number) => ({
    ...{ key: `spent${number.toLowerCase()}`, title: `Tide Table ${number}`, section: 'Tides' },
    ...{ tags: ['tides'], spent: true },
  })),
];

/** A mark: the article's key, its paragraph from 00, and its sentence from a. */
export const markPattern = /zq([a-z]+)(\d\d)([a-z])/g;

const markOf = (key: string, paragraph: number, sentence: number): string =>
  `zq${key}${String(paragraph).padStart(2, '0')}${String.fromCharCode(97 + sentence)}`;

/** For what stands in an article beside its paragraphs, such as a caption: a sentence with the mark of a paragraph near its end. */
export const lateSentence = (key: string, paragraph: number): string =>
  createWriter('en', seedOf(key) + paragraph).sentence(markOf(key, paragraph, 0));

export const siteArticles = (): readonly SiteArticle[] =>
  written.map((article, at) => {
    const { key, language = 'en', paragraphs = 22, spent = false } = article;
    const writer = createWriter(language, seedOf(key));
    const sentences = (paragraph: number): string =>
      Array.from({ length: 4 + (paragraph % 3) }, (_, sentence) =>
        writer.sentence(spent ? '' : markOf(key, paragraph, sentence)),
      ).join(language === 'zh' ? '' : ' ');
    return {
      ...article,
      ...{ language, spent, author: at % 2 === 0 ? ('ada' as const) : ('ben' as const) },
      publishedAt: new Date(Date.UTC(2025, at > 8 ? 10 : 9, 2 + (at % 9) * 3, 8, 30)).toISOString(),
      paragraphs: Array.from({ length: paragraphs }, (_, paragraph) => sentences(paragraph)),
    };
  });

interface Writer {
  sentence(mark: string): string;
}

const createWriter = (language: Language, seed: number): Writer => {
  let state = seed;
  const below = (limit: number): number => {
    // Park and Miller's generator: the same text at every run.
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const some = (count: number): readonly string[] => {
    const list = vocabulary[language];
    return Array.from({ length: count }, () => list[below(list.length)] ?? '');
  };
  return {
    sentence: (mark) => {
      const marked = mark === '' ? [] : [mark];
      if (language === 'zh')
        return `${[...some(14 + below(10)), ...marked, ...some(14 + below(10))].join('')}。`;
      const [first = '', ...others] = [...some(4 + below(4)), ...marked, ...some(5 + below(6))];
      return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${others.join(' ')}.`;
    },
  };
};

const seedOf = (key: string): number =>
  [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2_147_483_646, 7) + 1;

const vocabulary: Readonly<Record<Language, readonly string[]>> = {
  en: `lamp keeper stair window oil wick brass glass signal pilot crane barge sluice anchor cable winch rudder compass sextant chart
harbour office clerk ledger stamp letter parcel wagon engine whistle platform bell tower shutter lantern gallery ladder
measured carried mended polished counted folded lowered signed wrote watched followed answered opened emptied gathered turned
slowly early twice again alone nearby downstream upstairs ashore inland northward underneath beyond together hardly almost
cold narrow patient crooked salted painted hollow distant careful foreign ordinary borrowed stubborn unfinished
before after while because until although unless whenever between against beneath without towards around
morning evening winter autumn thursday midnight tide fog rain thunder ice gulls herring barley timber linen copper
the a every another their his her that this seven eleven forty`.split(/\s+/),
  ar: `كان الحارس يصعد الدرج كل مساء ويملأ المصباح بالزيت ثم يكتب في سجله أسماء السفن البعيدة والريح والمطر وعدد القوارب التي عادت
قبل الفجر وكانت الأمواج ترتفع عند الصخور بينما ينتظر الصيادون قرب الرصيف حتى يهدأ الضباب وتظهر النجوم فوق الميناء القديم`.split(
    /\s+/,
  ),
  zh: [
    ...'守灯塔的人每天傍晚登上石阶点亮油灯记录远处船只风向雨雾与潮水渔夫们坐在码头边修补旧网等候黎明老钟敲过七下海鸥飞回屋檐炉火渐暗信件放进木箱明早再由小船送往对岸',
  ],
};

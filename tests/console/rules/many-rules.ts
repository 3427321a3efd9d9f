/** A policy of many rules, each for other articles: as long a list as a publisher may come to have. */
export const manyRules = (count: number): string => `
site: { name: The Test Reader, language: en, timeZone: UTC }
products: [{ id: all, name: Everything }]
meters:
  main: { window: month, visitor: 3, registered: 5 }
articles:
  paths: [/tidewater/*]
  body: .article-body
cutoff: { characters: 200 }
rules:
${Array.from({ length: count }, (_, index) => ruleAt(index)).join('\n')}
otherwise: { access: own-or-metered }
preview: { moreFrom: false, related: false }
`;

const ruleAt = (index: number): string => `  - name: rule-${index}
    when: { section: [Section ${index}, Supplement ${index}], tag: tag-${index % 40}, path: /part-${index}/** }
    access: ${['open', 'metered', 'locked'][index % 3]}${index % 10 === 0 ? '\n    cutoff: { words: 80 }' : ''}`;

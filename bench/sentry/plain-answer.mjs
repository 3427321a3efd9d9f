/** Answers that are no article and hold nothing of one: a list as a REST interface sends it, and a page of a shop. */

/** @param {'json' | 'html'} kind */
export const plainAnswer = (kind, size) => {
  const pieces = [];
  for (let length = 0, at = 0; length < size; at += 1) {
    const each = kind === 'json' ? JSON.stringify(item(at)) : row(at);
    pieces.push(each);
    length += each.length + 1;
  }
  return kind === 'json'
    ? { type: 'application/json', body: Buffer.from(`[${pieces.join(',')}]`) }
    : {
        type: 'text/html; charset=utf-8',
        body: Buffer.from(
          `<!doctype html><html lang="en"><head><title>The shop</title></head><body><ul>${pieces.join('\n')}</ul></body></html>`,
        ),
      };
};

const item = (at) => ({
  id: at,
  name: `Lamp number ${at}, with a shade of \u201clinen\u201d`,
  price: (at * 37) % 9_000,
  inStock: at % 3 === 0,
  description: `Gives light for ${at % 90} evenings.\nComes with a cord of ${at % 7} metres & a plug.`,
  image: `https://shop.example/media/lamps/${at}/large.jpg?width=1200`,
});

const row = (at) =>
  `<li class="item" id="item-${at}"><a href="/shop/lamps/${at}"><img src="/media/lamps/${at}.jpg" alt="Lamp ${at}"></a>` +
  `<p>Lamp number ${at}, gives light for ${at % 90} evenings &amp; comes with a cord of ${at % 7} metres.</p></li>`;

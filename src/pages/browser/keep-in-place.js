// @ts-check
/**
 * Runs in readers’ pages, directly behind what it keeps: a framework that renders the page anew knows nothing of that, and
 * takes it away. Then a prompt is put back with the preview before it, and a notice at the end of the page; when the
 * framework goes on to another page by itself, neither stays behind.
 */
(() => {
  const mostTimes = 20;
  const own = document.currentScript;
  const kept = own?.previousElementSibling;
  const place = kept?.parentElement;
  if (!own || !kept || !place) return;
  const { pathname } = location;
  const isPrompt = kept.localName === 'gatefold-prompt';

  const selector = place.localName + [...place.classList].map((name) => `.${CSS.escape(name)}`).join('');
  const index = [...document.querySelectorAll(selector)].indexOf(place);
  // What is as good as any other element may be all of the page the next time.
  const isTold = place.classList.length > 0 || place.localName === 'article';
  const stand = /** @type {HTMLElement} */ (place.cloneNode(false));
  stand.removeAttribute('id');
  for (let node = place.firstChild; isPrompt && node && node !== kept; node = node.nextSibling)
    stand.append(node.cloneNode(true));
  own.remove();

  /** @type {HTMLElement | undefined} */
  let covered;
  let times = 0;

  const cover = () => {
    const found = [...document.querySelectorAll(selector)].filter((each) => each !== stand)[index];
    covered = isTold && found instanceof HTMLElement ? found : undefined;
    covered?.style.setProperty('display', 'none', 'important');
    return covered;
  };

  const putBack = () => {
    if (!isPrompt) {
      document.body.append(kept);
      return;
    }
    stand.append(kept);
    const theirs = cover();
    if (theirs) theirs.before(stand);
    else (document.querySelector('main, [role="main"]') ?? document.body).append(stand);
  };

  const leave = () => {
    observer.disconnect();
    kept.remove();
    stand.remove();
    covered?.style.removeProperty('display');
  };

  const observer = new MutationObserver(() => {
    if (location.pathname !== pathname) {
      leave();
      return;
    }
    const isThere = kept.isConnected && (covered === undefined || covered.isConnected);
    if (isThere) return;
    times += 1;
    if (times > mostTimes) observer.disconnect();
    else if (kept.isConnected) cover();
    else putBack();
  });
  observer.observe(document, { childList: true, subtree: true });
})();

/** Moves the bar of a replay that is under way, and shows the report once it is there. */

const everyMs = 500;
const mostFailures = 10;

const part = document.querySelector('[data-replay]');
if (part instanceof HTMLElement) follow(part);

/** @param {HTMLElement} part */
function follow(part) {
  const address = part.dataset.replay ?? '';
  const bar = part.querySelector('progress');
  const done = part.querySelector('[data-replay-done]');
  const told = part.querySelector('[data-replay-told]');
  const page = part.querySelector('a')?.href ?? location.href;
  let failures = 0;
  let tenth = 0;

  /** A reader of screens hears of every tenth part, not of every step. @param {number} share */
  const tell = (share) => {
    if (Math.floor(share * 10) <= tenth || !told) return;
    tenth = Math.floor(share * 10);
    told.textContent = `${tenth * 10} % done.`;
  };

  const ask = async () => {
    const response = await fetch(address, { headers: { Accept: 'application/json' } });
    if (!response.ok && response.status < 500 && response.status !== 429) return location.replace(page);
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    failures = 0;
    if (answer.state === 'done') return location.replace(page);
    if (bar && answer.total > 0) {
      bar.max = answer.total;
      bar.value = answer.done;
      tell(answer.done / answer.total);
    }
    if (done) done.textContent = Number(answer.done).toLocaleString('en-GB');
    setTimeout(step, everyMs);
  };

  const step = () => {
    ask().catch(() => {
      failures += 1;
      if (failures < mostFailures) setTimeout(step, everyMs * failures);
      else if (told) told.textContent = 'The site doesn’t answer. Look again in a moment.';
    });
  };

  setTimeout(step, everyMs);
}

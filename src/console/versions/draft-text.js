/** Leads from a fault to its line in the text: the link alone leads to the text. */

const field = document.getElementById('text');

/** Selects the line, so that it is seen and can be written over. @param {HTMLTextAreaElement} text @param {number} line from 1 */
const select = (text, line) => {
  const lines = text.value.split('\n');
  const before = lines.slice(0, line - 1).join('\n');
  const start = line === 1 ? 0 : before.length + 1;
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  const height = text.scrollHeight / lines.length;
  text.scrollTop = Math.max(0, (line - 1) * height - text.clientHeight / 2);
  text.scrollLeft = 0;
};

if (field instanceof HTMLTextAreaElement)
  for (const link of document.querySelectorAll('a[data-line]'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      select(field, Number(link.getAttribute('data-line')));
    });

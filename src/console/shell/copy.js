/** Adds a button that copies the text beside it, where the browser lets a page do so. */

for (const block of document.querySelectorAll('[data-copy]')) addButton(block);

/** @param {Element} block */
function addButton(block) {
  const text = block.querySelector('pre');
  if (!text || !navigator.clipboard) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet small';
  button.textContent = 'Copy';
  const told = document.createElement('span');
  told.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent ?? '');
      told.textContent = 'Copied';
    } catch {
      told.textContent = 'Couldn’t be copied: select the text instead.';
    }
  });
  const line = document.createElement('p');
  line.className = 'explain-copy';
  line.append(button, ' ', told);
  block.append(line);
}

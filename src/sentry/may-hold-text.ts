/** Which answers may hold an article's text, by their type: the others go by unread. */

export type Reading =
  /** Pictures, sound, fonts, archives: nothing that is read as letters. */
  | 'none'
  /** Read to its end before any of it is sent. */
  | 'whole'
  /** Never ends, or is used as it comes: read as it flows. */
  | 'flow'
  /** Nobody says what it is: whole if it begins as text does. */
  | 'by-content';

export const readingFor = (contentType: string | undefined): Reading => {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === '' || !type.includes('/')) return 'by-content';
  if (flowing.test(type)) return 'flow';
  if (type === 'image/svg+xml') return 'whole';
  if (/^(?:image|video|audio|font|model)\//.test(type)) return 'none';
  if (withoutText.test(type)) return 'none';
  if (type.startsWith('text/') || /json|xml|script|html|yaml|graphql|x-component|csv|markdown/.test(type))
    return 'whole';
  return 'by-content';
};

/** What isn't text has bytes that no text has; a picture under another name is none either. */
export const looksLikeText = (start: Uint8Array): boolean => {
  const sample = start.subarray(0, 1_024);
  let strange = 0;
  for (const byte of sample) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 0x1b) strange += 1;
  }
  // UTF-16 has a zero in every other byte, so a few strange ones prove nothing.
  return strange * 10 <= sample.length || isWide(sample);
};

const isWide = (sample: Uint8Array): boolean => {
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  return Math.max(...zeros) * 4 > sample.length && Math.min(...zeros) * 16 < sample.length;
};

const flowing = /^text\/event-stream$|^application\/(?:x-)?json-stream$|^multipart\/x-mixed-replace$/;

const withoutText =
  /^application\/(?:font-.*|vnd\.ms-fontobject|wasm|zip|gzip|x-gzip|x-tar|x-bzip2?|x-7z-compressed|x-rar-compressed|vnd\.rar|pdf|epub\+zip|msword|vnd\.openxmlformats.*|vnd\.ms-(?:excel|powerpoint)|vnd\.oasis.*|ogg|mp4|x-shockwave-flash|vnd\.apple\.installer.*|java-archive)$/;

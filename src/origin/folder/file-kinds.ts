/** Which files of the content folder are articles, which are served as they are, and as what. Everything else stays unseen. */

export type FileKind =
  | { readonly kind: 'article' }
  | { readonly kind: 'asset'; readonly type: string }
  | { readonly kind: 'hidden' };

/** `file` is relative to the folder. Names that begin with `.` or `_` are drafts, editor files and secrets. */
export const kindOfFile = (file: string): FileKind => {
  if (file.split('/').some((part) => part.startsWith('.') || part.startsWith('_'))) return { kind: 'hidden' };
  const ending = /\.([a-z0-9]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (ending === 'md' || ending === 'markdown' || ending === 'html' || ending === 'htm')
    return { kind: 'article' };
  const type = ASSET_TYPES.get(ending);
  return type === undefined ? { kind: 'hidden' } : { kind: 'asset', type };
};

const ASSET_TYPES: ReadonlyMap<string, string> = new Map([
  ['avif', 'image/avif'],
  ['css', 'text/css; charset=utf-8'],
  ['gif', 'image/gif'],
  ['ico', 'image/x-icon'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['m4a', 'audio/mp4'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['ogg', 'audio/ogg'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml; charset=utf-8'],
  ['webm', 'video/webm'],
  ['webp', 'image/webp'],
  ['woff2', 'font/woff2'],
]);

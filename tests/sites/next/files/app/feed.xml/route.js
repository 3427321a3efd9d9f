import { stories } from '../../lib/stories';

const inXml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const GET = () =>
  new Response(
    `<?xml version="1.0"?><rss version="2.0"><channel><title>The Lock</title><link>${process.env.PUBLIC_URL}/</link>${stories
      .map(
        ({ key, title, paragraphs }) =>
          `<item><title>${inXml(title)}</title><link>${process.env.PUBLIC_URL}/stories/${key}</link><description>${inXml(paragraphs.join(' '))}</description></item>`,
      )
      .join('')}</channel></rss>`,
    { headers: { 'Content-Type': 'application/rss+xml' } },
  );

import { stories } from '../../../lib/stories';

export const dynamic = 'force-dynamic';
export const GET = () =>
  Response.json({ stories: stories.map(({ key, title, paragraphs }) => ({ slug: key, title, text: paragraphs })) });

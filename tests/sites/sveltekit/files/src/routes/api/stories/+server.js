import { json } from '@sveltejs/kit';
import { stories } from '$lib/stories';

export const GET = () => json(stories.map(({ key, title, paragraphs }) => ({ id: key, title, body: paragraphs.join('\n\n') })));

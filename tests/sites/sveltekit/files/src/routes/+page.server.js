import { stories } from '$lib/stories';

export const load = () => ({ stories: stories.map(({ key, title }) => ({ key, title })) });

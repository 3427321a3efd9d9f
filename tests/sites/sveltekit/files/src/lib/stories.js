import articles from './articles.json';

export const stories = articles;
export const storyAt = (slug) => stories.find(({ key }) => key === slug);

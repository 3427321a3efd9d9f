import { error } from '@sveltejs/kit';
import { storyAt, stories } from '$lib/stories';

export const load = ({ params }) => {
  const story = storyAt(params.slug);
  if (!story) error(404);
  const { key, title } = stories[(stories.indexOf(story) + 1) % stories.length];
  return { story, next: { key, title } };
};

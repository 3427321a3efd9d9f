import { notFound } from 'next/navigation';
import Story, { metadataOf } from '../../../lib/story';
import { stories, storyAt } from '../../../lib/stories';

/** Made for each request. */
export const dynamic = 'force-dynamic';
export const generateMetadata = async ({ params }) => {
  const story = storyAt((await params).slug);
  return story ? metadataOf(story, '/now') : {};
};

export default async function Page({ params }) {
  const story = storyAt((await params).slug);
  if (!story) notFound();
  return <Story story={story} under="/now" next={stories[(stories.indexOf(story) + 1) % stories.length]} />;
}

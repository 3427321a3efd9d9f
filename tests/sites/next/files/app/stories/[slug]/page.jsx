import Story, { metadataOf } from '../../../lib/story';
import { stories, storyAt } from '../../../lib/stories';

/** Made when the site is built. */
export const dynamicParams = false;
export const generateStaticParams = () => stories.map(({ key }) => ({ slug: key }));
export const generateMetadata = async ({ params }) => metadataOf(storyAt((await params).slug), '/stories');

export default async function Page({ params }) {
  const story = storyAt((await params).slug);
  return <Story story={story} under="/stories" next={stories[(stories.indexOf(story) + 1) % stories.length]} />;
}

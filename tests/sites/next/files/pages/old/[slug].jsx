import Head from 'next/head';
import { stories, storyAt } from '../../lib/stories';

/** By the older router, whose data is beside its pages: /_next/data/…/old/….json. */
export const getStaticPaths = () => ({ paths: stories.map(({ key }) => ({ params: { slug: key } })), fallback: false });
export const getStaticProps = ({ params }) => ({ props: { story: storyAt(params.slug) } });

export default function Old({ story }) {
  return (
    <main>
      <Head>
        <title>{story.title}</title>
        <meta property="og:type" content="article" />
        <meta property="og:title" content={story.title} />
      </Head>
      <article>
        <h1>{story.title}</h1>
        <div className="story-text">
          {story.paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      </article>
    </main>
  );
}

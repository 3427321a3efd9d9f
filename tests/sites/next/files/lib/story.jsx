import Link from 'next/link';
import Applause from './applause';

/** A story as a server component, whose text also goes to the browser as the tree that it hydrates from. */
export default function Story({ story, under, next }) {
  return (
    <main>
      <article>
        <h1>{story.title}</h1>
        <p>{story.publishedAt.slice(0, 10)}</p>
        <div className="story-text">
          {story.paragraphs.map((text, at) => (
            <p key={text.slice(0, 40) + at}>{text}</p>
          ))}
        </div>
        <Applause />
      </article>
      <p>
        Next: <Link href={`${under}/${next.key}`}>{next.title}</Link>
      </p>
    </main>
  );
}

export const metadataOf = (story, under) => ({
  title: story.title,
  alternates: { canonical: `${under}/${story.key}` },
  openGraph: { type: 'article', title: story.title, publishedTime: story.publishedAt, section: story.section },
});

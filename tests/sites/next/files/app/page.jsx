import Link from 'next/link';
import { stories } from '../lib/stories';

export default function Home() {
  return (
    <main>
      <h1>The Lock</h1>
      <ul>
        {stories.map(({ key, title }) => (
          <li key={key}>
            <Link href={`/stories/${key}`}>{title}</Link> <Link href={`/now/${key}`}>as it is now</Link>{' '}
            <a href={`/old/${key}`}>as it was</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

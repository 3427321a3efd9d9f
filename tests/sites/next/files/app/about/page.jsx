export const metadata = { title: 'About' };

export default function About() {
  return (
    <main>
      <h1>About</h1>
      <p>This paper is made by two people and a lamp.</p>
    </main>
  );
}

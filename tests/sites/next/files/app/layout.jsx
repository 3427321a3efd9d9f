import Link from 'next/link';

export const metadata = {
  metadataBase: new URL(process.env.PUBLIC_URL),
  title: { default: 'The Lock', template: '%s | The Lock' },
};

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">The Lock</Link> <Link href="/about">About</Link>
        </nav>
        {children}
        <footer>Printed by the water</footer>
      </body>
    </html>
  );
}

/** Which names the sandbox answers to: its own, and this machine's. */

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** A page elsewhere can give its name this machine's address; it can't make a browser say another name than its own. */
export const isOwnHost = (host: string | undefined, publicUrl: string): boolean => {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return (
    hostname === new URL(publicUrl).hostname ||
    loopback.includes(hostname) ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
};

/** The site is opened as `localhost` as often as by its number. */
export const ownOriginsOf = (publicUrl: string): readonly string[] => {
  const { origin, protocol, port } = new URL(publicUrl);
  return [origin, ...loopback.map((host) => `${protocol}//${host}${port ? `:${port}` : ''}`)];
};

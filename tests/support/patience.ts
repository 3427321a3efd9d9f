/**
 * How long a test waits for what has to come: for a browser, a server, a page. As long as any machine may need, however
 * busy; what comes is taken at once, so that nobody ever waits as long. Jest's own patience (jest.config.js) is longer,
 * so that it is said what didn't come.
 */
export const patienceMs = 240_000;

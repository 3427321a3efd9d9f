/** `/-/health/live` and `/-/health/ready`. */
import { Router } from 'express';

interface Options {
  /** Rejects when a store can't be asked. */
  readonly ping: () => Promise<void>;
  /** True once the server is told to stop: a balancer should send nobody here any more. */
  readonly isStopping: () => boolean;
}

export const healthRoutes = ({ ping, isStopping }: Options): Router => {
  const routes = Router();
  routes.get('/-/health/live', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'live' });
  });
  routes.get('/-/health/ready', async (_req, res) => {
    res.set('Cache-Control', 'no-store');
    if (isStopping()) {
      res.status(503).json({ status: 'stopping' });
      return;
    }
    const reachable = await ping().then(
      () => true,
      () => false,
    );
    // Degraded is still ready: readers are served by the policy's `whenDown`, and taking every instance out would stop that.
    res.json({ status: reachable ? 'ready' : 'degraded', store: reachable ? 'reachable' : 'unreachable' });
  });
  return routes;
};

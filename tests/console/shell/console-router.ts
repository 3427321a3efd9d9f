/** The console's routes as the router really has them: found by walking it, so that none is forgotten. */
import type { Action } from '../../../src/console/operators/may.ts';
import type { Gateway } from '../../../src/gateway.ts';

export interface FoundRoute {
  /** `POST` */
  readonly method: string;
  readonly path: string;
  /** What its first handler asks for; absent: it asks for nobody. */
  readonly action?: Action;
}

interface Layer {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly stack: readonly { readonly method?: string; readonly handle: { readonly action?: Action } }[];
  };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

export const consoleRoutesOf = ({ console }: Pick<Gateway, 'console'>): readonly FoundRoute[] =>
  console.routes.flatMap((router) => routesIn((router as unknown as { stack: readonly Layer[] }).stack));

const routesIn = (stack: readonly Layer[]): readonly FoundRoute[] =>
  stack.flatMap(({ route, handle }) => (route ? routeFound(route) : routesIn(handle?.stack ?? [])));

const routeFound = ({ path, stack }: NonNullable<Layer['route']>): readonly FoundRoute[] => {
  const methods = [...new Set(stack.map(({ method }) => method?.toUpperCase() ?? 'ALL'))];
  return [path].flat().flatMap((each) =>
    methods.map((method) => {
      const action = stack.find((layer) => (layer.method?.toUpperCase() ?? 'ALL') === method)?.handle.action;
      return { method, path: each, ...(action === undefined ? {} : { action }) };
    }),
  );
};

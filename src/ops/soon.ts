/** Goes on with a value that may be here already, without the cost of a promise when it is. */
export const andThen = <In, Out>(
  value: In | Promise<In>,
  next: (value: In) => Out | Promise<Out>,
): Out | Promise<Out> => (value instanceof Promise ? value.then(next) : next(value));

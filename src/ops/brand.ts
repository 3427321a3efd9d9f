/** The one way an id gets a type of its own, so that a reader's id can't be passed where an article's belongs. */
export type Brand<Value, Name extends string> = Value & { readonly __brand: Name };

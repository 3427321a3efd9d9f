/** Who wants to hear of a change. */

export interface Listeners<Value> {
  add(listener: (value: Value) => void): void;
  tell(value: Value): void;
}

export function createListeners<Value>(): Listeners<Value> {
  const listeners: ((value: Value) => void)[] = [];
  return {
    add: (listener) => void listeners.push(listener),
    tell: (value) => {
      for (const listener of listeners) listener(value);
    },
  };
}

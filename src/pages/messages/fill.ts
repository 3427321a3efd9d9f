/** Puts values into a message's `{placeholders}`. */
const placeholder = /\{([a-zA-Z]+)\}/g;

/**
 * A placeholder without a value stays as it is written, so that a mistyped override is seen and nothing is hidden.
 * Values are looked up as own names only: `{constructor}` is just an unknown placeholder.
 */
export const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(placeholder, (written, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? written) : written,
  );

export const placeholdersIn = (template: string): readonly string[] => [
  ...new Set(Array.from(template.matchAll(placeholder), (match) => match[1] ?? '')),
];

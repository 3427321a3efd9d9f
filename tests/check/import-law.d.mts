/** Every breach of the import law in a source folder, in words; empty when there is none. */
export function breaches(sourceFolder: string): string[];

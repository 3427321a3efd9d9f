/** Whitespace as readers see it: one space for any run of it, none at the ends. */

export const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What is wrong with an email address, as far as its looks tell; undefined: nothing. */

export const emailFault = (email: string): string | undefined => {
  if (email === '') return 'Type an email address.';
  if (/^[^\s@]+@[^\s@]+$/.test(email) && email.length <= 512) return undefined;
  return 'That isn’t an email address; write it like ada@example.org.';
};

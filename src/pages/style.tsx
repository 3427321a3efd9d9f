/** A `<style>` element whose text arrives as written, so that its hash holds. */

export const Style = ({ text }: { readonly text: string }) => (
  <style dangerouslySetInnerHTML={{ __html: text }} />
);

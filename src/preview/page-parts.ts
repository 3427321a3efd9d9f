/** An article page taken apart for serving: the byte-exact page around its body, whole and cut. */

/** A page whose body was found. Put together as `beforeBody + body + afterBody`. */
export interface PageParts {
  /** The page as sent to those who may read it all, split where the notice and the cards go. */
  readonly full: {
    /** Up to just inside the body's start: the notice goes here. */
    readonly head: string;
    /**
     * The same, with the page's own policies opened to Gatefold's styles: for a page that gets something of Gatefold's.
     * Absent: `head` states no policy that would forbid them.
     */
    readonly headAllowingStyle?: string;
    readonly body: string;
    /** From just inside the body's end: cards may go before it. */
    readonly tail: string;
    /**
     * From behind what a framework takes over in the browser: what Gatefold says stands there, since where the text is
     * anything that the framework doesn't know would be taken away. Absent: it stands at the text.
     */
    readonly afterRoot?: string;
  };
  /** The page as sent to everyone else; nothing withheld is left in any part. The prompt goes between head and tail. */
  readonly preview: {
    /** Page start and the preview, all elements of the preview closed. */
    readonly head: string;
    readonly tail: string;
  };
  /** Text of the preview and of the whole body, whitespace collapsed. */
  readonly previewText: string;
  readonly fullText: string;
  /** True when the cutoff reached the end and nothing is hidden beside it: there is nothing to withhold. */
  readonly complete: boolean;
  readonly amp: boolean;
  /** A framework renders the page anew in the browser. */
  readonly takenOver: boolean;
}

/** No body: everything between `<body>` and its end is dropped and the prompt stands alone. */
export interface WithheldPage {
  readonly head: string;
  readonly tail: string;
}

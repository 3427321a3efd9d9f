/** What the gate needs of a response to a client: Node's `ServerResponse` has it, and so has the way past a captured one. */
export interface ClientResponse {
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  /** The client’s connection while it is this response’s turn on it; a captured response has none. */
  readonly socket?: { readonly writable: boolean; write(text: string, encoding: 'latin1'): unknown } | null;
  /** `headers` is a flat list of names and values. */
  writeHead(status: number, headers: string[]): unknown;
  /** False: wait for `drain`. */
  write(chunk: Uint8Array): boolean;
  end(chunk?: Uint8Array): unknown;
  on(event: 'drain' | 'finish' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'finish' | 'close', listener: () => void): unknown;
  destroy(): unknown;
}

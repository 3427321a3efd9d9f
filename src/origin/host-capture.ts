/** What the gate can do with a host application's response while it is captured. */
import type { ClientResponse } from './client-response.ts';
import type { OriginExchange } from './origin.ts';

export interface HostCapture extends OriginExchange {
  /**
   * Only inside the receiver's `head`: this response isn't the gate's business. The host's calls reach the client as if nothing had
   * been captured (its own ETag, compression and streaming included), and the receiver hears nothing more.
   */
  letThrough(): void;
  /**
   * The way to the client. The host keeps hold of `res` and may write to it late or twice, so `res` itself never comes back into
   * use: whatever the host writes once its response is over is dropped.
   */
  readonly client: ClientResponse;
}

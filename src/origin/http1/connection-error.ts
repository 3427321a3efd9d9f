/** What went wrong with a connection to the origin, by a code of its own where Node has none. */

export type ConnectionErrorCode =
  | 'GATEFOLD_WAIT_TIMEOUT'
  | 'GATEFOLD_CONNECT_TIMEOUT'
  | 'GATEFOLD_HEAD_TIMEOUT'
  | 'GATEFOLD_BODY_TIMEOUT'
  | 'GATEFOLD_PAUSED_TIMEOUT'
  /** The origin ended the connection without an answer, or within one. */
  | 'GATEFOLD_CLOSED'
  | 'GATEFOLD_BAD_RESPONSE'
  /** The request can't be put on the wire. */
  | 'GATEFOLD_BAD_REQUEST'
  | 'GATEFOLD_UPLOAD_BROKEN'
  /** Gatefold is stopping. */
  | 'GATEFOLD_STOPPED';

/** `message` goes to the log: it names the kind of fault, nothing that anybody wrote. */
export const connectionError = (code: ConnectionErrorCode, message: string): Error =>
  Object.assign(new Error(message), { code });

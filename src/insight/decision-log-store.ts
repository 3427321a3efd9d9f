/** The port in which the decision log is kept: chunks of views, the oldest of which give way. */

/** Views of one instance, encoded; no two chunks of one instance overlap in time. */
export interface LogChunk {
  readonly id: string;
  /** When its first view was, milliseconds. */
  readonly from: number;
  readonly count: number;
  /** What `encodeChunk` made. */
  readonly data: string;
}

export interface LogLimits {
  /** No more views than this are kept; whole chunks give way, so that it may be a chunk fewer. */
  readonly views: number;
  /** Chunks that began before this moment, milliseconds, give way too. */
  readonly since: number;
}

export interface DecisionLogStore {
  /** Puts a chunk in the place of the one with its id, if there is one, and keeps to the limits, in one step. */
  put(chunk: LogChunk, limits: LogLimits): Promise<void>;
  /** By `from`, oldest first. Chunks that give way or grow meanwhile may be left out or be told in either state. */
  chunks(): AsyncIterable<LogChunk>;
  /** How many views are kept. */
  size(): Promise<number>;
}

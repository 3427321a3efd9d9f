/** An upgrade that isn't wanted, answered as the ordinary request it also is. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * A server with an `upgrade` listener gets every request that carries `Upgrade`, also the plain GETs of clients that offer
 * h2c each time (Java's HttpClient does). RFC 9110 lets a server ignore the offer: `answer` gets a response on the same socket,
 * which closes afterwards. Only for requests without a body, since the parser has let go of the socket.
 */
export function answerWithoutUpgrade(
  incoming: IncomingMessage,
  socket: Socket,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): void {
  const response = new ServerResponse(incoming);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => {
    response.detachSocket(socket);
    socket.end();
  });
  socket.on('error', () => socket.destroy());
  socket.on('drain', () => response.emit('drain'));
  socket.resume();
  answer(incoming, response);
}

import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Both ends of a connection within this process are found by their ports, each on its own side. */
const clients = new Map<string, Socket>();
const servers = new Map<string, Socket>();

/** Turns of the event loop after which a socket that nobody reads is no longer waited for. */
const mostTurns = 20_000;

subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  socket.once('connect', () => note(clients, socket, `${socket.localPort}>${socket.remotePort}`));
});
subscribe('net.server.socket', (message) => {
  const { socket } = message as { socket: Socket };
  note(servers, socket, `${socket.remotePort}>${socket.localPort}`);
});

/**
 * Lets the event loop turn until no octet is on its way between two sockets of this process, which on a busy machine
 * takes more turns than any number that one could write down. Only then may a clock that is turned by hand go on.
 */
export async function socketsAtRest(): Promise<void> {
  for (let turns = 0; turns < mostTurns && isAnythingOnItsWay(); turns++)
    await new Promise<void>((resolve) => setImmediate(resolve));
}

function isAnythingOnItsWay(): boolean {
  for (const [place, client] of clients) {
    const server = servers.get(place);
    if (!server) return true;
    if (client.bytesWritten > server.bytesRead || server.bytesWritten > client.bytesRead) return true;
  }
  return false;
}

function note(ends: Map<string, Socket>, socket: Socket, place: string): void {
  ends.set(place, socket);
  socket.once('close', () => {
    clients.delete(place);
    servers.delete(place);
  });
}

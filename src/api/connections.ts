import type { Socket } from 'node:net';

/** The other end of a connection, which no two open ones share. */
type OtherEnd = Pick<Socket, 'remoteAddress' | 'remotePort'>;

/**
 * The connections that are open, also those that have not finished their TLS handshake and that Node's own HTTP server
 * therefore does not know of. There is room for so many; who comes when all are taken gets the place of the one on
 * which nothing has been asked for the longest time: connections that are only held open keep nobody out.
 */
export class Connections {
  readonly #most: number;
  /** By their other end, the one that was quiet for the longest time first. */
  readonly #sockets = new Map<string, Socket>();
  readonly #underWay = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a connection in, or ends it at once when an answer is under way on every other one. */
  add(socket: Socket): void {
    if (this.#sockets.size >= this.#most && !this.#endQuietest()) return void socket.destroy();
    const end = nameOf(socket);
    this.#sockets.set(end, socket);
    socket.once('close', () => {
      if (this.#sockets.get(end) === socket) this.#sockets.delete(end);
    });
  }

  /** A request has come on a connection; answers what to call when its answer has gone. */
  asked(socket: OtherEnd): () => void {
    const end = nameOf(socket);
    this.#underWay.set(end, (this.#underWay.get(end) ?? 0) + 1);
    return () => this.#answered(end);
  }

  /** Cuts all of them off. */
  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #answered(end: string): void {
    const left = (this.#underWay.get(end) ?? 1) - 1;
    if (left > 0) return void this.#underWay.set(end, left);
    this.#underWay.delete(end);
    const socket = this.#sockets.get(end);
    if (!socket) return;
    this.#sockets.delete(end);
    this.#sockets.set(end, socket);
  }

  #endQuietest(): boolean {
    for (const [end, socket] of this.#sockets) {
      if (this.#underWay.has(end)) continue;
      this.#sockets.delete(end);
      socket.destroy();
      return true;
    }
    return false;
  }
}

function nameOf({ remoteAddress, remotePort }: OtherEnd): string {
  return `${remoteAddress} ${remotePort}`;
}

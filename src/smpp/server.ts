import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { EventEnvelope } from '../contract/event.ts';
import type { Message } from '../contract/message.ts';
import type { Door } from '../messages/door.ts';
import type { KeyStore } from '../store/key-store.ts';
import type { SmppPartStore } from '../store/smpp-part-store.ts';
import type { SmppPasswordStore } from '../store/smpp-password-store.ts';
import type { SmppStore } from '../store/smpp-store.ts';
import type { SenderRule } from './address.ts';
import { BindAuthority } from './bind-authority.ts';
import { DeliveryDesk } from './delivery-desk.ts';
import { MessageDesk, type MessageDeskSurroundings } from './message-desk.ts';
import { type SessionSurroundings, SmppSession } from './session.ts';
import { SubmissionDesk } from './submission-desk.ts';

/** Connections at once; one more is closed. */
const mostConnections = 100;
const handshakeTimeoutMs = 10_000;
/** Whoever is still there so long after the goodbye is cut off; sessions end by themselves before. */
const stopDeadlineMs = 5_500;

export interface SmppDependencies extends Pick<SessionSurroundings, 'clock' | 'log' | 'allows'> {
  readonly door: Pick<Door, 'submit' | 'refuseUntilReady'>;
  readonly senders: SenderRule;
  readonly keys: Pick<KeyStore, 'authenticate' | 'named' | 'isActive'>;
  readonly passwords: Pick<SmppPasswordStore, 'fits'>;
  readonly store: SmppStore;
  readonly parts: SmppPartStore;
  readonly find: (messageId: string) => Message | undefined;
  readonly cancel: MessageDeskSurroundings['cancel'];
  /** Certificate and key, in PEM; no encryption where there are none. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** Listens for SMPP 3.4 clients. */
export class SmppServer {
  readonly #surroundings: SessionSurroundings;
  readonly #submissions: SubmissionDesk;
  readonly #deliveries: DeliveryDesk;
  readonly #sessions = new Set<SmppSession>();
  /** All connections, those among them that have not finished their TLS handshake. */
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #host: string;
  readonly #port: number;

  constructor(dependencies: SmppDependencies, host: string, port: number) {
    const { clock, log, door, store, parts } = dependencies;
    this.#deliveries = new DeliveryDesk(store, dependencies.find, clock, log);
    this.#submissions = new SubmissionDesk(
      door,
      dependencies.senders,
      store,
      parts,
      this.#deliveries,
      clock,
      log,
    );
    const authority = new BindAuthority(dependencies.keys, dependencies.passwords, clock);
    this.#surroundings = {
      clock,
      log,
      authority,
      allows: dependencies.allows,
      submissions: this.#submissions,
      messages: new MessageDesk(dependencies),
      deliveries: this.#deliveries,
    };
    this.#host = host;
    this.#port = port;
    this.#server = listener(dependencies.tls, (socket) => this.#welcome(socket));
    this.#server.maxConnections = mostConnections;
    this.#server.on('error', (error) => {
      if (this.#server.listening) log.warn({ err: error }, 'an SMPP client could not connect');
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Keeps what clients want to hear of an event; called in the transaction of the event. */
  keep(event: EventEnvelope): void {
    this.#deliveries.keep(event);
  }

  /** The wall clock was set by so much; as a part of the caller's transaction. */
  clockMoved(byMs: number): void {
    this.#deliveries.clockMoved(byMs);
    this.#submissions.clockMoved(byMs);
  }

  /** The port, once clients can connect. Throws where it cannot be listened on. */
  async start(): Promise<number> {
    this.#deliveries.start();
    this.#submissions.start();
    this.#server.listen(this.#port, this.#host);
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    this.#surroundings.log.info({ host: this.#host, port }, 'listening for SMPP clients');
    return port;
  }

  /** Says goodbye to all clients; resolves when they are gone. */
  async stop(): Promise<void> {
    const closed = this.#server.listening ? once(this.#server, 'close') : undefined;
    this.#server.close();
    for (const session of this.#sessions) session.unbind();
    const deadline = this.#surroundings.clock.after(stopDeadlineMs, () => {
      for (const socket of this.#sockets) socket.destroy();
    });
    await closed;
    deadline.cancel();
    this.#submissions.stop();
    this.#deliveries.stop();
  }

  #welcome(socket: Socket): void {
    const session = new SmppSession(socket, this.#surroundings);
    this.#sessions.add(session);
    socket.on('close', () => this.#sessions.delete(session));
  }
}

function listener(tls: SmppDependencies['tls'], welcome: (socket: Socket) => void): Server {
  if (!tls) return createServer(welcome);
  const { cert, key } = tls;
  return createTlsServer({ cert, key, minVersion: 'TLSv1.2', handshakeTimeout: handshakeTimeoutMs }, welcome);
}

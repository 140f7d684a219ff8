import type { Clock } from '../../clock.ts';
import { type OpenTransport, type Transport, TransportError } from '../transport.ts';
import { findBaudRate } from './baud-rate.ts';
import type { KnownPorts } from './known-ports.ts';
import type { ListedPort } from './listed-port.ts';
import type { NeverTouch } from './never-touch.ts';
import type { RefusalReason } from './refusal-reason.ts';

export interface PortOpeningContext {
  readonly clock: Clock;
  readonly open: OpenTransport;
  readonly ports: Pick<KnownPorts, 'find' | 'isUart'>;
  readonly neverTouch: NeverTouch;
  /** Why a port is busy or forbidden, where more can be said than that it is. */
  readonly reasonOf: (code: 'busy' | 'forbidden', port: PathAndDevice) => Promise<RefusalReason | undefined>;
}

type PathAndDevice = Pick<ListedPort, 'path' | 'device'>;

/**
 * Opens ports as everybody in the gateway does: never one on the list of what is left alone, with the reason where it
 * cannot be opened, and on a UART at the rate that is answered.
 */
export class PortOpening {
  readonly #context: PortOpeningContext;
  /** The rate at which each UART answered last. */
  readonly #rates = new Map<string, number>();

  constructor(context: PortOpeningContext) {
    this.#context = context;
  }

  /** Opens at the rate that is given. */
  readonly open: OpenTransport = async (path, options) => {
    const port = (await this.#context.ports.find(path)) ?? { path, device: undefined };
    if (await this.#context.neverTouch.port(port))
      throw new TransportError(
        'forbidden',
        `${path} is on the list of what is never touched, so it is left alone.`,
      );
    try {
      return await this.#context.open(path, options);
    } catch (error) {
      throw await this.#explained(error, { ...port, path });
    }
  };

  /** Opens at the rate that was answered last or is found now; one that is no UART is opened as it is. */
  readonly openAtAnyRate: OpenTransport = async (path, options) => {
    const baudRate = this.#rates.get(path) ?? options.baudRate;
    const transport = await this.open(path, { baudRate });
    await this.#search(transport, baudRate);
    return transport;
  };

  /** The same, for somebody who wants nothing from a UART that answers at no rate. */
  readonly openAnswering: OpenTransport = async (path, options) => {
    const baudRate = this.#rates.get(path) ?? options.baudRate;
    const transport = await this.open(path, { baudRate });
    const uart = transport.setBaudRate && (await this.#context.ports.isUart(path));
    if (!uart || (await this.#search(transport, baudRate)) !== undefined) return transport;
    await transport.close();
    throw new TransportError('failed', `${path} answers at no rate.`);
  };

  /** Opens at the rate that a person named; says so where the modem answers at another one. */
  readonly openAtNamedRate: OpenTransport = async (path, options) => {
    const transport = await this.open(path, options);
    const found = await this.#search(transport, options.baudRate);
    if (found === undefined || found === options.baudRate) return transport;
    await transport.close();
    throw new TransportError(
      'failed',
      `${path} answers at ${found} baud, not at the ${options.baudRate} that are named. Leave "baud=" out, and the rate is found.`,
    );
  };

  /** Leaves the port at the rate that is answered; at `first` where none is. */
  async #search(transport: Transport, first: number): Promise<number | undefined> {
    const { path } = transport;
    if (!transport.setBaudRate || !(await this.#context.ports.isUart(path))) return undefined;
    const found = await findBaudRate(transport, this.#context.clock, first);
    if (found === undefined) await transport.setBaudRate(first).catch(() => undefined);
    else this.#rates.set(path, found);
    return found;
  }

  async #explained(error: unknown, port: PathAndDevice): Promise<unknown> {
    if (!(error instanceof TransportError) || (error.code !== 'busy' && error.code !== 'forbidden'))
      return error;
    const reason = await this.#context.reasonOf(error.code, port).catch(() => undefined);
    if (!reason) return error;
    return new TransportError(error.code, reason.sentence, { cause: error, remedy: reason.remedy });
  }
}

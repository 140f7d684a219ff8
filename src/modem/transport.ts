import type { EventEmitter } from 'node:events';
import type { Remedy } from './obstacle.ts';

/**
 * A byte pipe to a modem. Octets are carried as latin1 strings (one character an octet), because every
 * protocol above it is seven-bit text and a decoder that guesses at UTF-8 would corrupt lengths under noise.
 *
 * `data` carries what arrived, cut anywhere. `close` comes exactly once, after which nothing else comes; its
 * argument tells why when it was not asked for (unplugged, input/output error).
 */
export interface TransportEvents {
  data: [octets: string];
  close: [cause: Error | undefined];
}

export interface Transport extends EventEmitter<TransportEvents> {
  /** What a person calls it: `/dev/ttyUSB2`, `COM7`, `emulator:1`. */
  readonly path: string;
  /** Resolves when the octets were handed to the device; rejects when it is gone or does not take them in time. */
  write(octets: string): Promise<void>;
  /** Speaks at another rate from now on, where the device has such a thing. Rejects when it is gone. */
  setBaudRate?(baudRate: number): Promise<void>;
  /** Releases the device; resolves when another program could open it. Never rejects, may be called twice. */
  close(): Promise<void>;
}

/** Opens a transport. Rejects with a `TransportError` that says why a person cannot use the port. */
export type OpenTransport = (path: string, options: { baudRate: number }) => Promise<Transport>;

export type TransportErrorCode = 'absent' | 'busy' | 'forbidden' | 'closed' | 'stalled' | 'failed';

/** Why a port cannot be used: not there, held by another program, no permission, gone, not taking octets. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  readonly remedy: Remedy | undefined;

  constructor(
    code: TransportErrorCode,
    message: string,
    options?: ErrorOptions & { remedy?: Remedy | undefined },
  ) {
    super(message, options);
    this.name = 'TransportError';
    this.code = code;
    this.remedy = options?.remedy;
  }
}

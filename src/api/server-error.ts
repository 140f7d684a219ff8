/**
 * - `port_taken`: another program listens there
 * - `forbidden`: the port needs more rights
 * - `no_such_address`: the address is not one of this machine
 * - `failed`: anything else
 */
export type ServerErrorCode = 'port_taken' | 'forbidden' | 'no_such_address' | 'failed';

/** The server cannot listen; the message says why and what to do. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ServerError';
    this.code = code;
  }
}

/** What the system says when it refuses to listen, in words for whoever started the gateway. */
export function explainListen(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  /** What stands before `port` and `host` in the names of the flags that choose them. */
  prefix = '',
): ServerError {
  const cause = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new ServerError(
        'port_taken',
        `Port ${port} on ${host} is taken by another program. Stop that one, or choose another port with --${prefix}port.`,
        cause,
      );
    case 'EACCES':
      return new ServerError(
        'forbidden',
        `Port ${port} needs more rights than Postern has. Choose one above 1023 with --${prefix}port.`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ServerError(
        'no_such_address',
        `${host} is not an address of this machine. Choose another with --${prefix}host.`,
        cause,
      );
    default:
      return new ServerError(
        'failed',
        `Postern cannot listen on ${host}, port ${port}: ${error.message}`,
        cause,
      );
  }
}

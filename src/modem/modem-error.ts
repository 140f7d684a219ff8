import type { LossCause } from '../gsm/at/exchange.ts';
import type { Refusal } from '../gsm/at/final-result.ts';

/**
 * - `refused`: the modem answered with an error, see `refusal`
 * - `timeout`: no answer in the command's time
 * - `closed`: the port went away before the answer
 * - `restarted`: the modem started anew before the answer
 * - `ordered`: a person had the modem restarted
 * - `cancelled`: never written, because the channel was given up first
 */
export type ModemErrorCode = 'refused' | LossCause | 'ordered' | 'cancelled';

/** A command brought no answer that can be used. `command` is masked where it holds a secret. */
export class ModemError extends Error {
  readonly code: ModemErrorCode;
  readonly command: string;
  readonly refusal: Refusal | undefined;

  constructor(code: ModemErrorCode, command: string, refusal?: Refusal) {
    super(`${maskSecrets(command)}: ${refusal?.text ?? code}`);
    this.name = 'ModemError';
    this.code = code;
    this.command = maskSecrets(command);
    this.refusal = refusal;
  }
}

/** Takes the digits out of what carries a PIN, a PUK or a password, wherever it stands in a command line. */
export function maskSecrets(command: string): string {
  return command.replace(
    /([+^](?:CPIN2?|CPWD|CLCK|EPIN|CARDLOCK|DATALOCK)\s*=)([^;]*)/gi,
    (_, name, values) => name + values.replace(/\d{2,}|(?<=")\d/g, '****'),
  );
}

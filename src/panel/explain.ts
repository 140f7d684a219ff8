import type { ConsoleRefusal } from '../modem/console/console.ts';
import type { ModemError } from '../modem/modem-error.ts';
import type { SimLockError } from '../modem/sim-lock-error.ts';
import type { UssdError } from '../modem/ussd/ussd-error.ts';
import { PanelError } from './panel-error.ts';

/** The error that tells a person at the panel what the modem's own error means. What is no error of a modem stays. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  switch (error.name) {
    case 'ConsoleRefusal':
      return ofConsole(error as ConsoleRefusal);
    case 'UssdError':
      return ofUssd(error as UssdError);
    case 'SimLockError':
      return ofLock(error as SimLockError);
    case 'ModemAwayError':
      return new PanelError('MODEM_UNAVAILABLE', error.message, { cause: error });
    case 'ModemError':
      return ofModem(error as ModemError);
    default:
      return error;
  }
}

function ofConsole({ code, message }: ConsoleRefusal): PanelError {
  if (code === 'malformed')
    return new PanelError('VALIDATION_ERROR', message, { details: { command: message } });
  const details =
    code === 'guarded' ? { command: message, force: 'true runs it all the same' } : { command: message };
  return new PanelError('COMMAND_REFUSED', message, { details });
}

function ofUssd(error: UssdError): PanelError {
  const { code, message } = error;
  if (code === 'unwritable')
    return new PanelError('VALIDATION_ERROR', message, { details: { code: message } });
  const conflict = code === 'busy' || code === 'no_dialogue' || code === 'lost';
  return new PanelError(conflict ? 'MODEM_UNAVAILABLE' : 'MODEM_FAILED', message, { cause: error });
}

const unreached = new Set<SimLockError['code']>(['modem_away', 'sim_busy']);

function ofLock(error: SimLockError): PanelError {
  const { code, message } = error;
  if (code === 'unanswered') return new PanelError('MODEM_FAILED', message, { cause: error });
  return new PanelError(unreached.has(code) ? 'MODEM_UNAVAILABLE' : 'PIN_REFUSED', message, { cause: error });
}

function ofModem(error: ModemError): PanelError {
  if (error.code === 'refused') {
    return new PanelError('MODEM_FAILED', `The modem refused it (${error.refusal?.text}).`, { cause: error });
  }
  return new PanelError('MODEM_UNAVAILABLE', 'The modem went away before it answered. Try it again.', {
    cause: error,
  });
}

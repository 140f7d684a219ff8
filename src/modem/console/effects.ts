import type { WrittenCommand } from '../../gsm/at/command-line.ts';

/** What a command line of a person's brings about beside its answer, as far as others must know of it. */
export interface Effects {
  /** The modem starts anew, or is switched off. */
  readonly restarts: boolean;
  /** A USSD dialogue begins, goes on, or is ended, TS 27.007 7.15. */
  readonly ussd: 'speaks' | 'ends' | undefined;
}

/** Makers' own ways to restart or switch off. */
export const restartNames =
  /^[+^#!$*](?:Q?RESET|CRESET|QRST|REBOOT|ENHRST|SHDN|QPOWD|CPOF|CPWROFF|SMSO|POWERDOWN|PWROFF|ZRST)$/;

/** `+CFUN` with its second value restarts, TS 27.007 8.2; with these two, a u-blox does. */
const restartingFunctionality = /^\d+,1$|^1[56]$/;

export function effectsOf(commands: readonly WrittenCommand[]): Effects {
  const ussd = commands.findLast(({ name, form }) => name === '+CUSD' && form === 'set')?.argument ?? '';
  return {
    restarts: commands.some(restarts),
    ussd: /^1,/.test(ussd) ? 'speaks' : ussd.startsWith('2') ? 'ends' : undefined,
  };
}

function restarts({ name, form, argument }: WrittenCommand): boolean {
  if (form !== 'set' && form !== 'execute') return false;
  return restartNames.test(name) || (name === '+CFUN' && restartingFunctionality.test(argument));
}

import type { CommandForm } from '../../gsm/at/command-line.ts';
import { restartNames } from './effects.ts';

/**
 * Why a person should not type a command: `guarded` ones may be forced by who knows what they do, `forbidden` ones
 * never are.
 */
export interface ConsoleRule {
  readonly names: RegExp;
  readonly verdict: 'guarded' | 'forbidden';
  /** Completes "… is not run: …". */
  readonly reason: string;
  /** Arguments with which it does no harm. */
  readonly harmless?: RegExp;
  /** Reading and asking what is possible harm nothing; these forms do, unless said otherwise. */
  readonly forms?: readonly CommandForm[];
}

const ownSetting = 'Postern relies on this setting; it would be set back, and texts may be missed until then';
const ownTexts = 'Postern itself sends, reads and deletes texts; one would be lost or sent twice';
const deaf = 'Postern would no longer understand the modem, and could not undo it';
const codes =
  'wrong codes are counted and lock the SIM for good; "pin" takes care of the tries that are left';
const restart = 'it restarts the modem or switches it off; "reset" restarts it in order';

/** The first rule whose name fits decides. Names as V.250 writes them, in capitals. */
export const consoleRules: readonly ConsoleRule[] = [
  // The identity of a modem may not be changed: in most countries it is a crime.
  {
    names: /^\+CGSN$/,
    forms: ['set'],
    harmless: /^[0-3]$/,
    verdict: 'forbidden',
    reason: 'it would write the IMEI',
  },
  { names: /^\+EGMR$/, harmless: /^0,\d+$/, verdict: 'forbidden', reason: 'it would write the IMEI' },
  {
    names: /IMEI|^\^PHYNUM$|^\+GSN$/,
    forms: ['set'],
    verdict: 'forbidden',
    reason: 'it would write the IMEI',
  },

  // Firmware and memory.
  {
    names:
      /FOTA|NVWR|NVRD|NVRESTORE|NVBACKUP|RMARESET|GODLOAD|FASTBOOT|BOOTHOLD|ERASE|^\+QPRTPARA$|^\+QNV|^\+UFWUPD$|^\+UFWINSTALL$|^\^SFDL$|^\^RECOVERY$/,
    forms: ['set', 'execute', 'read'],
    verdict: 'forbidden',
    reason: 'it works on the firmware or the inner memory of the modem, and can leave it dead',
  },

  // Codes of which there are few tries.
  { names: /^[+^](?:CPIN2?|EPIN|CPWD)$/, verdict: 'forbidden', reason: codes },
  { names: /^\+CLCK$/, harmless: /^"?\w\w"?,2(?:,|$)/, verdict: 'forbidden', reason: codes },
  { names: /CARDLOCK|DATALOCK|SIMLOCK|^\+CSIM$/, verdict: 'forbidden', reason: codes },

  // What ends the understanding.
  { names: /^V$/, harmless: /^1$/, verdict: 'forbidden', reason: deaf },
  { names: /^Q$/, harmless: /^0?$/, verdict: 'forbidden', reason: deaf },
  { names: /^S[345]$/, verdict: 'forbidden', reason: deaf },
  { names: /^\+(?:ICF|IFC|CMUX)$|^&K$|^\\Q$/, verdict: 'forbidden', reason: deaf },
  {
    names: /^[DAO]$/,
    verdict: 'forbidden',
    reason: 'the modem would make or take a call and hear no command',
  },
  {
    names: /^\+IPR(?:EX)?$/,
    verdict: 'guarded',
    reason: 'the port falls silent until its speed is found again',
  },
  { names: /^E$/, harmless: /^0?$/, verdict: 'guarded', reason: ownSetting },

  // Starting anew.
  { names: /^\+CFUN$/, verdict: 'guarded', reason: `it turns the radio off or on, or ${restart}` },
  { names: restartNames, verdict: 'guarded', reason: restart },
  { names: /^(?:Z|&F|&W|&Y)$/, verdict: 'guarded', reason: ownSetting },
  {
    names: /^[+^#!](?:SETPORT|U2DIAG|USBCFG|USBCOMP|CUSBPIDSWITCH|UUSBCONF|ZCDRUN|USBMODE|PORTSEL|QURCCFG)$/,
    verdict: 'guarded',
    reason: 'it changes which ports the modem has, and it may not come back on this one',
  },
  {
    names: /^\+QCFG$/,
    harmless: /^"[^"]*"$/,
    verdict: 'guarded',
    reason: 'some of these settings change the ports that the modem has',
  },
  {
    names: /^\+(?:CSCLK|QSCLK|CPSMS|CEDRXS)$/,
    verdict: 'guarded',
    reason: 'the modem would fall asleep and not answer in time',
  },

  // What Postern does itself.
  { names: /^\+(?:CMGS|CMSS|CMGW|CMGC|CMGD|CMGDA|QMGDA|CNMA)$/, verdict: 'guarded', reason: ownTexts },
  {
    names: /^\+(?:CMGF|CNMI|CPMS|CSMS|CMMS|CMEE|CSCS|CREG|CGREG|CEREG)$/,
    verdict: 'guarded',
    reason: ownSetting,
  },
  { names: /^(?:\+(?:CLIP|CRC)|\^(?:CURC|USSDMODE))$/, verdict: 'guarded', reason: ownSetting },
  { names: /^\+CUSD$/, verdict: 'guarded', reason: '"ussd" does it, and waits for the answer' },
  {
    names: /^\+COPS$/,
    harmless: /^3,\d$/,
    verdict: 'guarded',
    reason: 'with the wrong operator the modem stays without a network',
  },
  {
    names: /^\+CSCA$/,
    verdict: 'guarded',
    reason: 'with the wrong service centre no text leaves this SIM any more',
  },
  {
    names: /^\+CRSM$/,
    harmless: /^(?:176|178|192|242)(?:,|$)/,
    verdict: 'guarded',
    reason: 'it writes on the SIM',
  },
];

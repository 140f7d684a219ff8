import { join } from 'node:path';
import type { AccessOutcome } from '../contract/port-access.ts';
import { modemRules, modemRulesInForce, modemRulesName } from '../modem/discovery/modem-rules.ts';
import { type AccessMachine, findPkexec, findProgram, isProgram } from './machine.ts';
import { type ProgramEnd, runProgram } from './program-run.ts';

/** pkexec's own words for it: the person closed the question, or may not. */
const dismissed = 126;
const replug = 'If one still does not serve, unplug it and plug it in again.';
/** What udev looks at again: the devices themselves and their ports. */
const trigger = ['trigger', '--subsystem-match=usb', '--subsystem-match=tty', '--settle'];

/**
 * Lets whoever sits at this machine use its modems: puts the udev rules in place and has udev apply them, by programs that
 * `pkexec` runs as the administrator once a person has agreed. Nothing that anybody else says goes into that: the programs,
 * their arguments and the text of the rules are fixed, and the text goes by a pipe (docs/decisions/0034-port-access.md).
 */
export class PortAccess {
  readonly #machine: AccessMachine;
  #giving: Promise<AccessOutcome> | undefined;

  constructor(machine: AccessMachine) {
    this.#machine = machine;
  }

  /** Asked for twice, the person is asked once. */
  give(): Promise<AccessOutcome> {
    this.#giving ??= this.#give().finally(() => {
      this.#giving = undefined;
    });
    return this.#giving;
  }

  async #give(): Promise<AccessOutcome> {
    const machine = this.#machine;
    if (machine.platform !== 'linux')
      return { given: false, sentence: 'Only Linux asks for this.', commands: [] };
    const [inForce, pkexec, tee, udevadm] = await Promise.all([
      modemRulesInForce(machine.folders),
      findPkexec(machine),
      findProgram(machine, 'tee'),
      findProgram(machine, 'udevadm'),
    ]);
    if (!udevadm || !tee) return failed('This machine has no udev, which these rules are for.');
    const isRoot = machine.uid === 0;
    if (!isRoot && !pkexec)
      return this.#byHand(
        'This machine has no PolicyKit (pkexec) by which Postern could ask for it.',
        inForce,
      );
    const run = (program: string, args: readonly string[], input?: string) =>
      isRoot || !pkexec ? runProgram(program, args, input) : runProgram(pkexec, [program, ...args], input);

    if (inForce && !isRoot && (await isProgram(machine.helper)))
      return this.#told(await run(machine.helper, []), inForce);
    if (!inForce) {
      const written = await run(tee, [this.#file], modemRules());
      if (written.status !== 0) return this.#told(written, inForce);
    }
    if (isRoot) await run(udevadm, ['control', '--reload']); // udev sees by itself, within seconds, that a file is new
    const applied = await run(udevadm, trigger);
    if (applied.status === 0) return this.#told(applied, this.#file);
    return {
      given: true,
      sentence: 'The rules are in place. Unplug each modem and plug it in again: then they hold for it.',
      commands: [],
    };
  }

  get #file(): string {
    return join(this.#machine.folders.etc, 'udev/rules.d', modemRulesName);
  }

  #told({ status, complaint }: ProgramEnd, inForce: string | undefined): AccessOutcome {
    if (status === 0)
      return {
        given: true,
        sentence: `The modems of this computer may be used now. ${replug}`,
        commands: [],
      };
    const reason = status === dismissed ? 'the administrator did not agree' : complaint || 'nobody said why';
    return this.#byHand(`Nothing was changed: ${reason}.`, inForce);
  }

  #byHand(sentence: string, inForce: string | undefined): AccessOutcome {
    const saving = inForce ? [] : [`sudo tee ${this.#file} <<'END'\n${modemRules()}END`];
    const commands = [...saving, 'sudo udevadm control --reload', `sudo udevadm ${trigger.join(' ')}`];
    return { given: false, sentence, commands };
  }
}

function failed(sentence: string): AccessOutcome {
  return { given: false, sentence, commands: [] };
}

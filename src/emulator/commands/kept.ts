import { InvalidParameter } from '../at/parameters.ts';
import { cme, ok } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';

/** A setting that is only checked, kept and read back as it was written. */
export function kept(name: string, factory: string, values: RegExp, test: string): CommandDefinition {
  return {
    name,
    test: () => ok(`${name}: ${test}`),
    read: ({ settings }) => ok(`${name}: ${settings.kept[name] ?? factory}`),
    set({ settings }, parameters) {
      const given: string[] = [];
      for (let index = 0; index < parameters.count; index++) given.push(parameters.text(index, ''));
      const value = given.join(',');
      if (!values.test(value)) throw new InvalidParameter(0);
      settings.kept[name] = value;
      return ok();
    },
  };
}

/** A command that always tells the same, whether it is read or executed; `{imei}` stands for the IMEI. */
export function fixed(name: string, ...texts: readonly string[]): CommandDefinition {
  const told: CommandDefinition['read'] = ({ equipment }) =>
    ok(...texts.map((text) => text.replace('{imei}', equipment.imei)));
  return { name, read: told, execute: told };
}

/** A command that restarts the modem once its OK is out. */
export function restarting(name: string): CommandDefinition {
  return {
    name,
    execute(context) {
      context.restart();
      return ok();
    },
  };
}

/** The card's number under a family's own command, in its own words. */
export function cardNumber(name: string, words: (iccid: string) => string): CommandDefinition {
  const told: CommandDefinition['read'] = ({ equipment }) => {
    if (!equipment.sim || equipment.simState === 'busy') throw cme(equipment.sim ? 14 : 10);
    return ok(words(equipment.sim.iccid));
  };
  return { name, read: told, execute: told };
}

import { InvalidParameter } from '../at/parameters.ts';
import { ok } from '../at/reply.ts';
import type { CommandDefinition } from './definition.ts';

/** A setting that nothing here depends on: it is checked, kept and read back as it was written. */
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

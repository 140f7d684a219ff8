import { InvalidParameter, type Parameters } from '../at/parameters.ts';
import { ok, type Reply, type Result } from '../at/reply.ts';
import type { Settings } from '../at/settings.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

const list = (names: readonly string[]) => `(${names.map((name) => `"${name}"`).join(',')})`;

function fill(context: CommandContext, name: string): string {
  const store = context.messages.store(name);
  return `${store.used},${store.capacity}`;
}

interface StoragesForm {
  /** How many storages the command knows: three by the standard, two on some old modems. */
  readonly count: 2 | 3;
  /** What names that it does not take are refused with; 302 by default. */
  readonly invalid?: Result;
  readonly test: (context: CommandContext) => string;
}

const standard: StoragesForm = {
  count: 3,
  test: ({ profile: { storages: names } }) => [names.read, names.write, names.receive].map(list).join(','),
};

/** Preferred storages (27.005 3.2.2): one that is left out stays as it was. */
export function preferredStorages({ count, invalid, test }: StoragesForm = standard): CommandDefinition {
  const told = ({ settings }: CommandContext) => settings.storages.slice(0, count);
  return {
    name: '+CPMS',
    needs: 'messages',
    ...(invalid && { invalid }),
    test: (context) => ok(`+CPMS: ${test(context)}`),
    read: (context) =>
      ok(
        `+CPMS: ${told(context)
          .map((name) => `"${name}",${fill(context, name)}`)
          .join(',')}`,
      ),
    set: (context, parameters) => choose(context, parameters, count),
  };

  function choose(context: CommandContext, parameters: Parameters, most: number): Reply {
    if (parameters.count > most || !parameters.has(0)) throw new InvalidParameter(0);
    context.settings.storages = chosen(context, parameters);
    return ok(
      `+CPMS: ${told(context)
        .map((name) => fill(context, name))
        .join(',')}`,
    );
  }
}

function chosen({ profile, settings }: CommandContext, parameters: Parameters): Settings['storages'] {
  const { read, write, receive } = profile.storages;
  const [mem1, mem2, mem3] = settings.storages;
  const pick = (index: number, names: readonly string[], present: string) => {
    const name = parameters.text(index, present).toUpperCase();
    if (parameters.has(index) && !names.includes(name)) throw new InvalidParameter(index);
    return name;
  };
  return [pick(0, read, mem1), pick(1, write, mem2), pick(2, receive, mem3)];
}

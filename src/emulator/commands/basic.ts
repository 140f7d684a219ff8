import type { Parameters } from '../at/parameters.ts';
import { error, ok, type Reply, type Result } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

const invalid: Result = { kind: 'error' };

/** A basic command that takes a number out of `allowed`, 0 when it is left out (V.250 5.3.1). */
function basic(
  name: string,
  allowed: readonly number[],
  apply: (context: CommandContext, value: number) => void = () => undefined,
): CommandDefinition {
  const set = (context: CommandContext, parameters: Parameters): Reply => {
    apply(context, parameters.integer(0, allowed, 0));
    return ok();
  };
  return { name, invalid, set };
}

/** S-registers, `S3?` and `S0=1` (V.250 5.3.2): the number, then what stands behind it. */
const register: CommandDefinition = {
  name: 'S',
  invalid,
  set({ settings: { registers } }, parameters) {
    const number = parameters.integer(0, { from: 0, to: 255 });
    const present = registers[number];
    if (present === undefined) throw error();
    const rest = parameters.text(1, '').replaceAll(' ', '');
    if (rest === '') return ok();
    if (rest === '?') return ok(String(present).padStart(3, '0'));
    const most = number >= 3 && number <= 5 ? 127 : 255;
    if (rest === '=?') return ok(`(0-${most})`);
    const value = Number(rest.slice(1) || 0);
    if (value > most) throw error();
    registers[number] = value;
    return ok();
  },
};

/** V.250 6.1 to 6.3: the commands of every modem since the first. */
export const basicCommands: readonly CommandDefinition[] = [
  basic('E', [0, 1], ({ settings }, value) => {
    settings.echo = value === 1;
  }),
  basic('V', [0, 1], ({ settings }, value) => {
    settings.verbose = value === 1;
  }),
  basic('Q', [0, 1], ({ settings }, value) => {
    settings.quiet = value === 1;
  }),
  basic('Z', [0, 1], (context) => context.loadSettings('stored')),
  basic('&F', [0], (context) => context.loadSettings('factory')),
  basic('&W', [0, 1], (context) => context.storeSettings()),
  basic('X', [0, 1, 2, 3, 4]),
  basic('L', [0, 1, 2, 3]),
  basic('M', [0, 1, 2, 3]),
  basic('P', [0]),
  basic('T', [0]),
  basic('&C', [0, 1]),
  basic('&D', [0, 1, 2]),
  basic('&K', [0, 3]),
  basic('&S', [0, 1]),
  register,
];

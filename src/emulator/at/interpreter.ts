import type { CommandContext, CommandDefinition } from '../commands/definition.ts';
import { takeRefusal } from '../planned-refusal.ts';
import { type Command, splitCommandLine } from './command-line.ts';
import { InvalidParameter, Parameters, parseParameters } from './parameters.ts';
import { cme, cms, error, ok, Refusal, type Reply, type Result } from './reply.ts';

/** Commands that hand a text to the network: a refusal of theirs may come later than at the command. */
const sendingCommands = ['+CMGS', '+CMSS'];

/**
 * Executes a command line, command by command (V.250 5.2, 5.4.4): the first refusal ends it, and there is one final
 * result for the whole line. `answered` is told the information texts of every command but the last as they come.
 * What needs no waiting is done within the call.
 */
export function executeLine(
  body: string,
  commands: ReadonlyMap<string, CommandDefinition>,
  context: CommandContext,
  answered: (texts: readonly string[]) => void,
): Reply | Promise<Reply> {
  const line = splitCommandLine(body);
  const from = (index: number): Reply | Promise<Reply> => {
    const command = line[index];
    if (!command) return ok();
    const reply = attempt(() => execute(command, commands, context));
    return reply instanceof Promise
      ? reply.catch(refused).then((late) => next(late, index))
      : next(reply, index);
  };
  const next = (reply: Reply, index: number): Reply | Promise<Reply> => {
    if (reply.result.kind !== 'ok' || index === line.length - 1) return reply;
    answered(reply.texts);
    return from(index + 1);
  };
  return from(0);
}

function attempt(act: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
  try {
    return act();
  } catch (cause) {
    return refused(cause);
  }
}

function refused(cause: unknown): Reply {
  if (cause instanceof Refusal) return { texts: [], result: cause.result };
  throw cause;
}

function execute(
  command: Command,
  commands: ReadonlyMap<string, CommandDefinition>,
  context: CommandContext,
): Reply | Promise<Reply> {
  const { profile, equipment } = context;
  if (equipment.starting && profile.starting) throw new Refusal(profile.starting.result);
  const definition = commands.get(command.name);
  if (!definition) throw new Refusal(profile.unknownCommand);
  const planned = takeRefusal(context.faults, command.name, refusableAt(command.name));
  if (planned) return refuseLater(context, planned.result, planned.delayMs ?? 0);
  return serve(command, definition, context);
}

function refusableAt(name: string) {
  return sendingCommands.includes(name) ? (['command'] as const) : (['command', 'text', undefined] as const);
}

function refuseLater(context: CommandContext, result: Result, delayMs: number): Reply | Promise<Reply> {
  const reply: Reply = { texts: [], result };
  if (delayMs === 0) return reply;
  return new Promise((resolve) => {
    context.clock.after(delayMs, () => resolve(reply));
  });
}

function serve(
  command: Command,
  definition: CommandDefinition,
  context: CommandContext,
): Reply | Promise<Reply> {
  if (command.form === 'test') return definition.test?.(context) ?? testOf(definition);
  checkNeeds(definition, context);
  if (command.form === 'read') return definition.read?.(context) ?? unknown(context);
  const action = command.form === 'set' ? definition.set : definition.execute;
  if (!action) return unknown(context);
  const parameters = command.form === 'set' ? parametersOf(command) : new Parameters([]);
  try {
    const reply = parameters ? action(context, parameters) : error();
    if (reply instanceof Refusal) throw reply;
    return reply instanceof Promise ? reply.catch((cause: unknown) => rethrow(cause, definition)) : reply;
  } catch (cause) {
    return rethrow(cause, definition);
  }
}

/** Basic commands have a number and no list of values. */
function parametersOf(command: Command): Parameters | undefined {
  if (command.name === 'D') return new Parameters([{ text: command.argument, quoted: true }]);
  return parseParameters(command.argument);
}

function rethrow(cause: unknown, definition: CommandDefinition): never {
  if (!(cause instanceof InvalidParameter)) throw cause;
  throw new Refusal(
    definition.invalid ??
      (definition.needs === 'messages' ? { kind: 'cms', code: 302 } : { kind: 'cme', code: 50 }),
  );
}

/** A command without ranges of its own answers its test with OK, which says that it is there. */
function testOf(definition: CommandDefinition): Reply {
  if (/^&?[A-Z]$/.test(definition.name)) throw error();
  return ok();
}

function unknown(context: CommandContext): never {
  throw new Refusal(context.profile.unknownCommand);
}

/** What a SIM that cannot be used is answered with, as a message service failure and as an equipment error. */
const simRefusals = {
  absent: { cms: 310, cme: 10 },
  busy: { cms: 314, cme: 14 },
  pin: { cms: 311, cme: 11 },
  puk: { cms: 316, cme: 12 },
  dead: { cms: 313, cme: 13 },
};

function checkNeeds({ needs }: CommandDefinition, { equipment, profile }: CommandContext): void {
  if (!needs) return;
  const { simState } = equipment;
  const messages = needs === 'messages';
  // A modem that answers a bare ERROR until its message service is up does so from power-on.
  const startingUp = simState === 'busy' && profile.messagesNotReady.kind === 'error';
  if (messages && (startingUp || (simState === 'ready' && !equipment.messagesReady))) {
    throw new Refusal(profile.messagesNotReady);
  }
  if (simState === 'ready') return;
  const codes = simRefusals[simState];
  throw messages ? cms(codes.cms) : cme(codes.cme);
}

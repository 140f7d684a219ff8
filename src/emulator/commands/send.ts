import { delay } from '../../clock.ts';
import type { Parameters } from '../at/parameters.ts';
import { cms, ok, Refusal, type Reply } from '../at/reply.ts';
import type { StoredStatus } from '../equipment/message-storage.ts';
import { textSubmit } from '../equipment/text-mode.ts';
import { takeNext } from '../faults.ts';
import { type OutgoingText, readdressed, readSubmit, tpduLength } from '../network/outgoing-text.ts';
import { type PlannedRefusal, takeRefusal } from '../planned-refusal.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

/** SUBMIT has no less than 7 octets and no more than 164 with its 140 of user data (23.040 9.2.2.2). */
const tpduOctets = { from: 7, to: 164 };

/** A PDU as it was typed; 304 when it is no hexadecimal, not as long as announced, or no SUBMIT. */
function typedPdu(typed: string, length: number): string {
  const pdu = typed.replace(/[\r\n ]/g, '').toUpperCase();
  if (!/^([0-9A-F]{2})+$/.test(pdu) || tpduLength(pdu) !== length) throw cms(304);
  return pdu;
}

function submitOf(pdu: string, code: 304 | 321 = 304): OutgoingText {
  const submit = readSubmit(pdu);
  if (!submit) throw cms(code);
  return submit;
}

async function refuse(context: CommandContext, planned: PlannedRefusal | undefined): Promise<void> {
  if (!planned) return;
  if (planned.delayMs) await delay(context.clock, planned.delayMs);
  throw new Refusal(planned.result);
}

/** The moment comes at which the modem was to hang: nothing of what follows is said. */
function hangIfDue({ faults }: CommandContext, at: 'before' | 'after'): boolean {
  if (faults.hangAtNextText !== at) return false;
  faults.hangAtNextText = undefined;
  faults.hang = true;
  return true;
}

/** Whether the side that +CGSMS chooses is one over which the network takes texts (27.007 10.1.21). */
function goesOver({ settings, faults }: CommandContext): boolean {
  const service = settings.kept['+CGSMS'] ?? '1';
  const chosen = ['0', '2'].includes(service) ? 'packets' : 'circuits';
  return faults.textsOnlyOver === undefined || faults.textsOnlyOver === chosen;
}

/** Gives a text to the network; the reference it got, or undefined when the modem is to keep that to itself. */
async function handOver(
  context: CommandContext,
  submit: OutgoingText,
  command: string,
): Promise<number | undefined> {
  const { equipment, faults } = context;
  if (hangIfDue(context, 'before')) return undefined;
  await refuse(context, takeRefusal(faults, command, ['text', undefined]));
  if (!equipment.sim) throw cms(310);
  if (!submit.hasServiceCentre && equipment.sim.smsc === '') throw cms(330);
  if (!equipment.radio.hasService) throw cms(331);
  if (!equipment.radio.carriesTexts || !goesOver(context)) throw cms(69);
  const answer = await equipment.network.submit(equipment.sim, submit, faults.reportBeforeResult);
  if ('refused' in answer) throw cms(answer.refused);
  if (hangIfDue(context, 'after')) return undefined;
  await refuse(context, takeRefusal(faults, command, ['taken']));
  if (faults.sendResultDelayMs > 0) await delay(context.clock, faults.sendResultDelayMs);
  return takeNext(faults, 'loseNextSendResults') ? undefined : answer.reference;
}

function sent({ faults }: CommandContext, command: string, reference: number | undefined): Reply {
  if (reference === undefined) return { texts: [], result: { kind: 'silence' } };
  const reply = ok(`${command}: ${faults.zeroReferences ? 0 : reference}`);
  return takeNext(faults, 'loseNextSendOks') ? { ...reply, result: { kind: 'silence' } } : reply;
}

async function promptedPdu(context: CommandContext, parameters: Parameters): Promise<string | undefined> {
  const length = parameters.integer(0, tpduOctets);
  const typed = await context.prompt();
  return typed === undefined ? undefined : typedPdu(typed, length);
}

async function promptedText(context: CommandContext, address: string): Promise<string | undefined> {
  const typed = await context.prompt();
  return typed === undefined ? undefined : textSubmit(typed, address, context.settings);
}

const send: CommandDefinition = {
  name: '+CMGS',
  needs: 'messages',
  invalid: { kind: 'cms', code: 304 },
  async set(context, parameters) {
    const inPduMode = context.settings.messageFormat === 0;
    const pdu = inPduMode
      ? await promptedPdu(context, parameters)
      : await promptedText(context, parameters.text(0));
    if (pdu === undefined) return ok();
    return sent(context, '+CMGS', await handOver(context, submitOf(pdu), '+CMGS'));
  },
};

const storedStatuses = { from: 0, to: 3 };
const statusNames = ['REC UNREAD', 'REC READ', 'STO UNSENT', 'STO SENT'];

function statusOf(context: CommandContext, parameters: Parameters): StoredStatus {
  if (context.settings.messageFormat === 0) return parameters.integer(1, storedStatuses, 2) as StoredStatus;
  const status = statusNames.indexOf(parameters.text(2, 'STO UNSENT'));
  if (status === -1) throw cms(305);
  return status as StoredStatus;
}

async function write(context: CommandContext, parameters: Parameters): Promise<Reply> {
  const status = statusOf(context, parameters);
  const inPduMode = context.settings.messageFormat === 0;
  const pdu = inPduMode
    ? await promptedPdu(context, parameters)
    : await promptedText(context, parameters.text(0, ''));
  if (pdu === undefined) return ok();
  const message = { status, pdu, length: tpduLength(pdu) };
  const index = context.messages.write(context.settings.storages[1], message);
  if (index === undefined) throw cms(322);
  return ok(`+CMGW: ${index}`);
}

const sendStored: CommandDefinition = {
  name: '+CMSS',
  needs: 'messages',
  async set(context, parameters) {
    const store = context.messages.store(context.settings.storages[1]);
    const stored = store.at(parameters.integer(0, store.indices));
    if (!stored) throw cms(321);
    const pdu = parameters.has(1) ? readdressed(stored.pdu, parameters.text(1)) : stored.pdu;
    const reference = await handOver(context, submitOf(pdu, 321), '+CMSS');
    stored.status = 3;
    return sent(context, '+CMSS', reference);
  },
};

const acknowledge: CommandDefinition = {
  name: '+CNMA',
  needs: 'messages',
  test: ({ settings }) => (settings.messageFormat === 0 ? ok('+CNMA: (0-2)') : ok()),
  execute: (context) => acknowledged(context, true),
  async set(context, parameters) {
    const kind = parameters.integer(0, [0, 1, 2]);
    const length = parameters.integer(1, { from: 0, to: 164 }, 0);
    const typed = length > 0 ? await context.prompt() : '';
    if (typed === undefined) return ok();
    if (typed.trim().length !== 2 * length) throw cms(304);
    return acknowledged(context, kind !== 2);
  },
};

function acknowledged(context: CommandContext, positive: boolean): Reply {
  if (!context.messages.acknowledge(positive)) throw cms(340);
  return ok();
}

/** Handing texts to the network, from the line or from a storage (27.005 3.4.4, 3.5, 4.3, 4.4). */
export const sendCommands: readonly CommandDefinition[] = [
  send,
  {
    name: '+CMGW',
    needs: 'messages',
    invalid: { kind: 'cms', code: 304 },
    set: write,
    execute: write,
  },
  sendStored,
  acknowledge,
];

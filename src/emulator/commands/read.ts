import { decodeHost, encodeHost } from '../at/character-set.ts';
import { cms, ok, Refusal, type Reply } from '../at/reply.ts';
import type { StoredMessage } from '../equipment/message-storage.ts';
import { listedText, readText, statusNames } from '../equipment/text-mode.ts';
import { takeNext } from '../faults.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';

function readStore(context: CommandContext) {
  return context.messages.store(context.settings.storages[0]);
}

function markRead(message: StoredMessage): void {
  if (message.status === 0) message.status = 1;
}

const read: CommandDefinition = {
  name: '+CMGR',
  needs: 'messages',
  invalid: { kind: 'cms', code: 321 },
  set(context, parameters) {
    const store = readStore(context);
    const message = store.at(parameters.integer(0, store.indices));
    if (!message) throw new Refusal(context.profile.emptyPlace);
    const { alpha = '' } = context.profile;
    const inPduMode = context.settings.messageFormat === 0;
    const shown = inPduMode
      ? `+CMGR: ${message.status},${alpha},${message.length}\r\n${message.pdu}`
      : readText(message, context.settings);
    markRead(message);
    return ok(shown);
  },
};

function list(context: CommandContext, status: number): Reply {
  const chosen = readStore(context)
    .entries()
    .filter(([, message]) => status === 4 || message.status === status);
  const { alpha = '' } = context.profile;
  const inPduMode = context.settings.messageFormat === 0;
  const shown = chosen.map(([index, message]) =>
    inPduMode
      ? `+CMGL: ${index},${message.status},${alpha},${message.length}\r\n${message.pdu}`
      : listedText(index, message, context.settings),
  );
  for (const [, message] of chosen) markRead(message);
  return shown.length > 0 ? ok(shown.join('\r\n')) : ok();
}

function namedStatus(name: string): number {
  const status = [...statusNames, 'ALL'].indexOf(name.toUpperCase());
  if (status === -1) throw cms(305);
  return status;
}

const listAll: CommandDefinition = {
  name: '+CMGL',
  needs: 'messages',
  test({ settings }) {
    const names = [...statusNames, 'ALL'].map((name) => `"${name}"`).join(',');
    return ok(settings.messageFormat === 0 ? '+CMGL: (0-4)' : `+CMGL: (${names})`);
  },
  execute: (context) => list(context, 0),
  set(context, parameters) {
    const inPduMode = context.settings.messageFormat === 0;
    const status = inPduMode
      ? parameters.integer(0, { from: 0, to: 4 }, 0)
      : namedStatus(parameters.text(0, 'REC UNREAD'));
    return list(context, status);
  },
};

/** Which statuses each delete flag takes along (27.005 3.5.4). */
const statusesOfFlag: readonly (readonly number[])[] = [[], [1], [1, 3], [1, 2, 3], [0, 1, 2, 3]];

const remove: CommandDefinition = {
  name: '+CMGD',
  needs: 'messages',
  invalid: { kind: 'cms', code: 321 },
  test(context) {
    const indices = readStore(context)
      .entries()
      .map(([index]) => index);
    return ok(`+CMGD: (${indices.join(',')}),(0-4)`);
  },
  set(context, parameters) {
    const store = readStore(context);
    const flag = parameters.integer(1, { from: 0, to: 4 }, 0);
    const index = flag === 0 ? parameters.integer(0, store.indices) : -1;
    if (takeNext(context.faults, 'keepNextDeleted')) return ok();
    if (flag === 0) store.remove(index);
    const statuses = statusesOfFlag[flag] ?? [];
    for (const [held, message] of store.entries()) if (statuses.includes(message.status)) store.remove(held);
    context.messages.freed();
    return ok();
  },
};

const serviceCentre: CommandDefinition = {
  name: '+CSCA',
  needs: 'messages',
  read({ equipment, settings }) {
    const number = equipment.sim?.smsc ?? '';
    return ok(`+CSCA: "${encodeHost(number, settings.characterSet)}",${number.startsWith('+') ? 145 : 129}`);
  },
  set({ equipment, settings }, parameters) {
    const number = decodeHost(parameters.text(0), settings.characterSet);
    const type = parameters.integer(1, { from: 128, to: 255 }, number.startsWith('+') ? 145 : 129);
    if (!/^\+?\d{0,20}$/.test(number) || !equipment.sim) throw cms(304);
    equipment.sim.smsc = type === 145 && number !== '' && !number.startsWith('+') ? `+${number}` : number;
    return ok();
  },
};

/** What lies in the storages, and the service centre (27.005 3.3, 3.4, 3.5, 4.1, 4.2). */
export const readCommands: readonly CommandDefinition[] = [read, listAll, remove, serviceCentre];

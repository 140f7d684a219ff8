import type { Parameters } from '../at/parameters.ts';
import { cms, ok, type Reply } from '../at/reply.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';
import { kept } from './kept.ts';

const messageFormat: CommandDefinition = {
  name: '+CMGF',
  needs: 'messages',
  test: () => ok('+CMGF: (0,1)'),
  read: ({ settings }) => ok(`+CMGF: ${settings.messageFormat}`),
  set({ settings }, parameters) {
    settings.messageFormat = parameters.integer(0, [0, 1], 0);
    return ok();
  },
};

const messageService: CommandDefinition = {
  name: '+CSMS',
  needs: 'messages',
  test: () => ok('+CSMS: (0,1)'),
  read: ({ settings }) => ok(`+CSMS: ${settings.messageService},1,1,1`),
  set({ settings }, parameters) {
    settings.messageService = parameters.integer(0, [0, 1]);
    return ok('+CSMS: 1,1,1');
  },
};

const list = (names: readonly string[]) => `(${names.map((name) => `"${name}"`).join(',')})`;

function fill(context: CommandContext, name: string): string {
  const store = context.messages.store(name);
  return `${store.used},${store.capacity}`;
}

/** Preferred storages (27.005 3.2.2): one that is left out stays as it was. */
const storages: CommandDefinition = {
  name: '+CPMS',
  needs: 'messages',
  test: ({ profile: { storages: names } }) =>
    ok(`+CPMS: ${list(names.read)},${list(names.write)},${list(names.receive)}`),
  read: (context) =>
    ok(`+CPMS: ${context.settings.storages.map((name) => `"${name}",${fill(context, name)}`).join(',')}`),
  set(context, parameters) {
    const { read, write, receive } = context.profile.storages;
    const [mem1, mem2, mem3] = context.settings.storages;
    const chosen = (index: number, names: readonly string[], present: string) => {
      const name = parameters.text(index, present).toUpperCase();
      if (parameters.has(index) && !names.includes(name)) throw cms(302);
      return name;
    };
    if (parameters.count > 3 || !parameters.has(0)) throw cms(302);
    context.settings.storages = [chosen(0, read, mem1), chosen(1, write, mem2), chosen(2, receive, mem3)];
    return ok(`+CPMS: ${context.settings.storages.map((name) => fill(context, name)).join(',')}`);
  },
};

const range = (values: readonly number[]) => {
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? first;
  const gapless = values.length > 2 && last - first === values.length - 1;
  return gapless ? `(${first}-${last})` : `(${values.join(',')})`;
};

const notifications: CommandDefinition = {
  name: '+CNMI',
  needs: 'messages',
  test({ profile: { notifications: ranges } }) {
    const { mode, deliver, broadcast, report, buffer } = ranges;
    return ok(`+CNMI: ${[mode, deliver, broadcast, report, buffer].map(range).join(',')}`);
  },
  read({ settings: { notifications: present } }) {
    const { mode, deliver, broadcast, report, buffer } = present;
    return ok(`+CNMI: ${[mode, deliver, broadcast, report, buffer].join(',')}`);
  },
  set: setNotifications,
};

function setNotifications(context: CommandContext, parameters: Parameters): Reply {
  const { notifications: ranges } = context.profile;
  const present = context.settings.notifications;
  context.messages.notify({
    mode: parameters.integer(0, ranges.mode, present.mode),
    deliver: parameters.integer(1, ranges.deliver, present.deliver),
    broadcast: parameters.integer(2, ranges.broadcast, present.broadcast),
    report: parameters.integer(3, ranges.report, present.report),
    buffer: parameters.integer(4, ranges.buffer, present.buffer),
  });
  return ok();
}

const moreMessages: CommandDefinition = {
  name: '+CMMS',
  needs: 'messages',
  test: () => ok('+CMMS: (0-2)'),
  read: ({ settings }) => ok(`+CMMS: ${settings.moreMessages}`),
  set({ settings }, parameters) {
    settings.moreMessages = parameters.integer(0, [0, 1, 2], 0);
    return ok();
  },
};

/** Parameters of a text-mode SUBMIT (27.005 3.1.2); the validity may also be a quoted time, which is kept as none. */
const textMode: CommandDefinition = {
  name: '+CSMP',
  needs: 'messages',
  read({ settings: { textMode: present } }) {
    return ok(`+CSMP: ${present.firstOctet},${present.validity},${present.protocol},${present.coding}`);
  },
  set({ settings }, parameters) {
    const present = settings.textMode;
    const octet = { from: 0, to: 255 };
    settings.textMode = {
      firstOctet: parameters.integer(0, octet, present.firstOctet),
      validity: parameters.integer(1, octet, present.validity),
      protocol: parameters.integer(2, octet, present.protocol),
      coding: parameters.integer(3, octet, present.coding),
    };
    return ok();
  },
};

const textModeDetails: CommandDefinition = {
  name: '+CSDH',
  test: () => ok('+CSDH: (0,1)'),
  read: ({ settings }) => ok(`+CSDH: ${settings.textModeDetails ? 1 : 0}`),
  set({ settings }, parameters) {
    settings.textModeDetails = parameters.integer(0, [0, 1], 0) === 1;
    return ok();
  },
};

/** Settings profiles of the message service; this modem keeps one, in AT&W's memory. */
function settingsProfile(name: string, act: (context: CommandContext) => void): CommandDefinition {
  const run = (context: CommandContext) => {
    act(context);
    return ok();
  };
  return {
    name,
    test: () => ok(`${name}: (0)`),
    execute: run,
    set(context, parameters) {
      parameters.integer(0, [0]);
      return run(context);
    },
  };
}

/** How texts are told, kept, written and shown (27.005 3.2 to 3.4). */
export const messageSettingCommands: readonly CommandDefinition[] = [
  messageFormat,
  messageService,
  storages,
  notifications,
  moreMessages,
  textMode,
  textModeDetails,
  settingsProfile('+CSAS', (context) => context.storeSettings()),
  settingsProfile('+CRES', (context) => context.loadSettings('stored')),
  kept('+CSCB', '0,"",""', /^[01](,.*)?$/, '(0,1)'),
  kept('+CGSMS', '1', /^[0-3]$/, '(0-3)'),
];

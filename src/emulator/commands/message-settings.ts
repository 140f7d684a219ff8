import { InvalidParameter, type Parameters } from '../at/parameters.ts';
import { ok, type Reply } from '../at/reply.ts';
import type { Notifications } from '../at/settings.ts';
import type { CommandContext, CommandDefinition } from './definition.ts';
import { kept } from './kept.ts';
import { preferredStorages } from './preferred-storages.ts';

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
  const wanted: Notifications = {
    mode: parameters.integer(0, ranges.mode, present.mode),
    deliver: parameters.integer(1, ranges.deliver, present.deliver),
    broadcast: parameters.integer(2, ranges.broadcast, present.broadcast),
    report: parameters.integer(3, ranges.report, present.report),
    buffer: parameters.integer(4, ranges.buffer, present.buffer),
  };
  if (context.profile.refusesNotifications?.(wanted)) throw new InvalidParameter(0);
  context.messages.notify(wanted);
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
  preferredStorages(),
  notifications,
  moreMessages,
  textMode,
  textModeDetails,
  settingsProfile('+CSAS', (context) => context.storeSettings()),
  settingsProfile('+CRES', (context) => context.loadSettings('stored')),
  kept('+CSCB', '0,"",""', /^[01](,.*)?$/, '(0,1)'),
  kept('+CGSMS', '1', /^[0-3]$/, '(0-3)'),
];

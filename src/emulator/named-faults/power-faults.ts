import type { Registration } from '../equipment/radio.ts';
import { type NamedFault, seconds, type Target } from './named-fault.ts';

function covered({ modem, later }: Target, length: number, coverage: Registration): void {
  modem.equipment.radio.setCoverage(coverage);
  later(length, () => modem.equipment.radio.setCoverage(modem.profile.registration));
}

/** What goes wrong with power, settings, the SIM and the network. */
export const powerFaults: readonly NamedFault[] = [
  {
    word: 'unplug',
    amounts: [seconds(10)],
    tells: 'is pulled out, and is put in again after so many seconds',
    strike: ({ modem, later }, length) => {
      modem.powerOff();
      later(length, () => modem.powerOn());
    },
  },
  {
    word: 'reboot',
    amounts: [],
    tells: 'starts anew by itself, with all its boot texts, and has lost all that was set',
    strike: ({ modem }) => modem.reboot(),
  },
  {
    word: 'silent-reboot',
    amounts: [],
    tells: 'starts anew by itself without a word',
    strike: ({ modem, suffers }) => {
      suffers({ silentStart: true }, 30);
      modem.reboot();
    },
  },
  {
    word: 'forget',
    amounts: [],
    tells: 'has lost all that was set, without a word',
    strike: ({ modem }) => modem.loadSettings('factory'),
  },
  {
    word: 'echo',
    amounts: [],
    tells: 'echoes again',
    strike: ({ modem: { settings } }) => {
      settings.echo = true;
    },
  },
  {
    word: 'sim-out',
    amounts: [seconds(60)],
    tells: 'loses its SIM, and has it again after so many seconds',
    strike: ({ modem, later }, length) => {
      const { sim } = modem;
      // Struck again while it is out: the first strike puts it back.
      if (!sim) return;
      modem.equipment.changeSim(undefined);
      later(length, () => modem.equipment.changeSim(sim));
    },
  },
  {
    word: 'sim-busy',
    amounts: [seconds(20)],
    tells: 'says that its SIM is busy',
    strike: ({ suffers }, length) => suffers({ simBusy: true }, length),
  },
  {
    word: 'no-network',
    amounts: [seconds(60)],
    tells: 'finds no network',
    strike: (target, length) => covered(target, length, { CREG: 2, CGREG: 2, CEREG: 2 }),
  },
  {
    word: 'denied',
    amounts: [seconds(60)],
    tells: 'is refused by the network',
    strike: (target, length) => covered(target, length, { CREG: 3, CGREG: 3, CEREG: 3 }),
  },
];

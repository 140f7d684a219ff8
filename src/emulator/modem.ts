import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../clock.ts';
import { AtPorts } from './at/at-ports.ts';
import { copySettings, factorySettings, type Settings } from './at/settings.ts';
import { ringLines } from './at/unsolicited.ts';
import type { CommandServices } from './commands/definition.ts';
import { registrationReport } from './commands/registration.ts';
import { commandTable } from './commands/table.ts';
import { Chatter } from './equipment/chatter.ts';
import { madeUpImei } from './equipment/imei.ts';
import { MessageService } from './equipment/message-service.ts';
import { MobileEquipment } from './equipment/mobile-equipment.ts';
import { NetworkSide } from './equipment/network-side.ts';
import { type Faults, noFaults } from './faults.ts';
import type { EmulatedNetwork } from './network/emulated-network.ts';
import type { EmulatedSim } from './network/emulated-sim.ts';
import { type ModemPort, type PortEvents, SidePort } from './ports.ts';
import { generic } from './profiles/generic.ts';
import type { Profile } from './profiles/profile.ts';

export interface ModemOptions {
  readonly clock: Clock;
  readonly network: EmulatedNetwork;
  /** Left out for a modem without a SIM. */
  readonly sim?: EmulatedSim;
  /** Fifteen digits; made up when not given, another for each modem. */
  readonly imei?: string;
  readonly profile?: Profile;
  readonly faults?: Partial<Faults>;
  /** The one rate it speaks, as a modem on a serial line does; any by default. */
  readonly baudRate?: number;
  /** Source of chance between 0 and 1, for faults that cut output. */
  readonly random?: () => number;
}

/**
 * A modem without its metal: octets in by `receive`, octets out by `output`. It speaks V.250, 3GPP TS 27.005 and 27.007
 * as strictly as its profile does, and is as broken as its `faults` say. It is off until `powerOn`.
 *
 *   host <-> TerminalAdaptor <-> commands <-> MobileEquipment, MessageService <-> EmulatedNetwork
 */
export class EmulatedModem extends EventEmitter<PortEvents> implements ModemPort {
  readonly baudRate: number | undefined;
  readonly profile: Profile;
  readonly faults: Faults;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
  readonly messages: MessageService;
  readonly #clock: Clock;
  readonly #chatter: Chatter;
  readonly #ports: AtPorts;
  #stored: Settings;
  /** What is to happen once the answer to the present command is out. */
  #next: 'restart' | 'power-off' | undefined;
  #return: Timer | undefined;

  constructor(options: ModemOptions) {
    super();
    const { clock, network, sim, imei = madeUpImei(), random = Math.random } = options;
    this.#clock = clock;
    this.baudRate = options.baudRate;
    this.#chatter = new Chatter(clock);
    const profile = options.profile ?? generic;
    const faults: Faults = { ...noFaults(), ...options.faults };
    const settings = factorySettings(profile.settings);
    this.profile = profile;
    this.faults = faults;
    this.settings = settings;
    this.#stored = copySettings(settings);
    const subscriber = new NetworkSide(this);
    const equipment = new MobileEquipment({ clock, network, profile, faults, imei, sim, subscriber });
    this.equipment = equipment;
    const say = (text: string) => this.unsolicited(text);
    this.messages = new MessageService({ clock, profile, settings, equipment, faults, say });
    this.#ports = new AtPorts({
      services: this.#services(),
      commands: commandTable(profile),
      random,
      answered: () => this.#afterAnswer(),
    });
    this.#ports.add((octets) => this.emit('output', octets));
    equipment.on('unsolicited', say);
    equipment.calls.on('ring', (call) => ringLines(call, settings).forEach(say));
    equipment.radio.on('registration', (domain) => {
      const report = registrationReport(this, domain);
      if (report) say(report);
    });
  }

  get powered(): boolean {
    return this.equipment.powered;
  }

  get imei(): string {
    return this.equipment.imei;
  }

  get sim(): EmulatedSim | undefined {
    return this.equipment.sim;
  }

  powerOn(): void {
    if (this.powered) return;
    this.emit('power', true);
    this.#begin();
  }

  powerOff(): void {
    this.#return?.cancel();
    if (!this.powered) return;
    this.#lose();
    this.emit('power', false);
  }

  /** Restarts where it stands, as a crashed firmware does: all that was set is gone. The port stays. */
  reboot(): void {
    this.#lose();
    this.#begin();
  }

  /** Goes away, its port with it, and comes back by itself. */
  vanish(forMs: number): void {
    this.powerOff();
    this.#return = this.#clock.after(forMs, () => this.powerOn());
  }

  opened(): void {
    if (this.faults.hangEndsWith === 'opening') this.faults.hang = false;
  }

  receive(octets: string): void {
    if (this.powered) this.#ports.main?.receive(octets);
  }

  /** Another AT port of the same stick: commands work there too, and as a rule nothing comes out of it unasked. */
  secondPort(): ModemPort {
    const port: ModemPort = new SidePort(this, (octets) => adaptor.receive(octets));
    const adaptor = this.#ports.add((octets) => port.emit('output', octets));
    return port;
  }

  /** Says a line that no command asked for, where the host lets a port have it. */
  unsolicited(text: string): void {
    if (this.powered) this.#ports.unsolicited(text);
  }

  /** Says lines again and again, whatever the host has set, until it is stopped or loses power. */
  storm(texts: readonly string[], everyMs: number): { stop(): void } {
    return this.#chatter.start(everyMs, () => {
      for (const text of texts) this.#ports.main?.unsolicited(text);
    });
  }

  /** Puts octets on the line as they are. */
  noise(octets: string): void {
    if (this.powered) this.#ports.main?.raw(octets);
  }

  /** Puts settings back without a word: at a host's wish, or as a reset that nobody noticed. */
  loadSettings(from: 'factory' | 'stored'): void {
    const factory = from === 'factory';
    Object.assign(
      this.settings,
      factory ? factorySettings(this.profile.settings) : copySettings(this.#stored),
    );
  }

  #begin(): void {
    this.loadSettings('stored');
    this.equipment.powerOn();
    const { chatter } = this.profile;
    if (!chatter) return;
    this.#chatter.start(chatter.everyMs, () => {
      for (const text of chatter.texts) this.unsolicited(text);
    });
  }

  #lose(): void {
    this.#next = undefined;
    if (this.faults.hangEndsWith !== 'nothing') this.faults.hang = false;
    this.#chatter.stop();
    this.#ports.reset();
    this.messages.reset();
    this.equipment.powerOff();
  }

  #afterAnswer(): void {
    const next = this.#next;
    this.#next = undefined;
    if (next === 'power-off') this.powerOff();
    if (next !== 'restart') return;
    const { awayAtRestartMs } = this.profile;
    if (awayAtRestartMs === undefined) this.reboot();
    else this.vanish(awayAtRestartMs);
  }

  #services(): CommandServices {
    const { profile, settings, equipment, messages, faults } = this;
    return {
      clock: this.#clock,
      profile,
      settings,
      equipment,
      messages,
      faults,
      loadSettings: (from) => this.loadSettings(from),
      storeSettings: () => {
        this.#stored = copySettings(settings);
      },
      restart: () => {
        this.#next = 'restart';
      },
      powerDown: () => {
        this.#next = 'power-off';
      },
    };
  }
}

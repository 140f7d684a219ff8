import { EventEmitter } from 'node:events';
import type { Clock } from '../clock.ts';
import { copySettings, factorySettings, type RegistrationDomain, type Settings } from './at/settings.ts';
import { TerminalAdaptor } from './at/terminal-adaptor.ts';
import { ringLines, ussdLine } from './at/unsolicited.ts';
import type { CommandContext } from './commands/definition.ts';
import { registrationReport } from './commands/registration.ts';
import { commandTable } from './commands/table.ts';
import { Chatter } from './equipment/chatter.ts';
import { MessageService } from './equipment/message-service.ts';
import { MobileEquipment } from './equipment/mobile-equipment.ts';
import { type Faults, noFaults } from './faults.ts';
import type { EmulatedNetwork } from './network/emulated-network.ts';
import type { EmulatedSim } from './network/emulated-sim.ts';
import { luhnDigit } from './network/luhn.ts';
import type { Subscriber } from './network/subscriber.ts';
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
  /** Source of chance between 0 and 1, for faults that cut output. */
  readonly random?: () => number;
}

interface ModemEvents {
  /** Octets to the host, as latin1 characters. */
  output: [octets: string];
  /** Power on and off; when it goes off, whoever has the port open sees it vanish. */
  power: [on: boolean];
}

let modemsMade = 0;

function madeUpImei(): string {
  modemsMade += 1;
  const body = `35000000${String(modemsMade).padStart(6, '0')}`;
  return body + luhnDigit(body);
}

/**
 * A modem without its metal: octets in by `receive`, octets out by `output`. It speaks V.250, 3GPP TS 27.005 and 27.007
 * as strictly as its profile does, and is as broken as its `faults` say. It is off until `powerOn`.
 *
 *   host <-> TerminalAdaptor <-> commands <-> MobileEquipment, MessageService <-> EmulatedNetwork
 */
export class EmulatedModem extends EventEmitter<ModemEvents> {
  readonly profile: Profile;
  readonly faults: Faults;
  readonly settings: Settings;
  readonly equipment: MobileEquipment;
  readonly messages: MessageService;
  readonly #adaptor: TerminalAdaptor;
  readonly #context: CommandContext;
  readonly #chatter: Chatter;
  #stored: Settings;
  #restarting = false;

  constructor(options: ModemOptions) {
    super();
    const { clock, network, sim, imei = madeUpImei(), random = Math.random } = options;
    const profile = options.profile ?? generic;
    const faults: Faults = { ...noFaults(), ...options.faults };
    const settings = factorySettings(profile.settings);
    const emit = (octets: string) => this.emit('output', octets);
    const answered = () => this.#restartIfTold();
    const commands = commandTable(profile);
    this.profile = profile;
    this.faults = faults;
    this.settings = settings;
    this.#stored = copySettings(settings);
    this.#adaptor = new TerminalAdaptor({
      clock,
      profile,
      faults,
      settings,
      commands,
      random,
      emit,
      answered,
    });
    this.equipment = new MobileEquipment({
      clock,
      network,
      profile,
      imei,
      sim,
      subscriber: this.#subscriber(),
    });
    const { equipment } = this;
    const say = (text: string) => this.unsolicited(text);
    this.messages = new MessageService({ clock, profile, settings, equipment, faults, say });
    this.#context = this.#makeContext(clock);
    this.#chatter = new Chatter(clock);
    equipment.on('unsolicited', say);
    equipment.radio.on('registration', (domain) => this.#registrationChanged(domain));
    equipment.calls.on('ring', (call) => ringLines(call, settings).forEach(say));
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
    this.loadSettings('stored');
    this.emit('power', true);
    this.#begin();
  }

  powerOff(): void {
    if (!this.powered) return;
    this.#lose();
    this.emit('power', false);
  }

  /** Restarts where it stands, as a crashed firmware does: the port stays, all that was set is gone. */
  reboot(): void {
    this.#lose();
    this.loadSettings('stored');
    this.#begin();
  }

  /** Octets from the host. */
  receive(octets: string): void {
    if (this.powered) this.#adaptor.receive(octets, this.#context);
  }

  /** Says a line that no command asked for, where the host lets this port have it. */
  unsolicited(text: string): void {
    const told = this.profile.tells?.(text, this.settings) ?? true;
    if (this.powered && told) this.#adaptor.unsolicited(text);
  }

  /** Says lines again and again, whatever the host has set, until it is stopped or loses power. */
  storm(texts: readonly string[], everyMs: number): { stop(): void } {
    return this.#chatter.start(everyMs, () => {
      for (const text of texts) this.#adaptor.unsolicited(text);
    });
  }

  /** Puts octets on the line as they are. */
  noise(octets: string): void {
    if (this.powered) this.#adaptor.raw(octets);
  }

  /** Puts settings back without a word: at a host's wish, or as a reset that nobody noticed. */
  loadSettings(from: 'factory' | 'stored'): void {
    const { profile, settings } = this;
    Object.assign(
      settings,
      from === 'factory' ? factorySettings(profile.settings) : copySettings(this.#stored),
    );
  }

  #begin(): void {
    this.equipment.powerOn();
    const { chatter } = this.profile;
    if (!chatter) return;
    this.#chatter.start(chatter.everyMs, () => {
      for (const text of chatter.texts) this.unsolicited(text);
    });
  }

  #lose(): void {
    this.#restarting = false;
    this.#chatter.stop();
    this.#adaptor.reset();
    this.messages.reset();
    this.equipment.powerOff();
  }

  #restartIfTold(): void {
    if (this.#restarting) this.reboot();
  }

  #subscriber(): Subscriber {
    return {
      arrive: (arrival) => this.messages.arrive(arrival),
      ring: (number) => this.equipment.calls.ring(number),
      callEnded: () => {
        if (this.equipment.calls.end()) for (const text of this.profile.missedCall) this.unsolicited(text);
      },
      ussd: (status, text) => {
        const { settings, profile } = this;
        const packed = profile.packsUssd?.(settings) ?? false;
        if (settings.ussdReports) this.unsolicited(ussdLine(status, text, { settings, packed }));
      },
    };
  }

  #makeContext(clock: Clock): CommandContext {
    const { profile, settings, equipment, messages, faults } = this;
    return {
      clock,
      profile,
      settings,
      equipment,
      messages,
      faults,
      prompt: () => this.#adaptor.prompt(),
      loadSettings: (from) => this.loadSettings(from),
      storeSettings: () => {
        this.#stored = copySettings(settings);
      },
      restart: () => {
        this.#restarting = true;
      },
    };
  }

  #registrationChanged(domain: RegistrationDomain): void {
    const report = registrationReport(this.#context, domain);
    if (report) this.unsolicited(report);
  }
}

import { readFirmware, readManufacturer, readModel } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { readImei } from './imei.ts';
import { optional } from './optional.ts';
import { generic, type Profile, profileFor } from './profiles/index.ts';
import type { SessionContext } from './session-context.ts';

/** Who a modem is, and what is known of its kind. */
export class ModemIdentity {
  readonly #channel: AtChannel;
  readonly #context: SessionContext;
  #imei: string | undefined;
  #model: string | undefined;
  #profile: Profile = generic;

  constructor(channel: AtChannel, context: SessionContext) {
    this.#channel = channel;
    this.#context = context;
  }

  /** Its IMEI, with its place where others have the same; its port until that could be read. */
  get id(): string {
    return this.#imei === undefined ? this.#context.port : this.#context.idOf(this.#imei);
  }

  get model(): string | undefined {
    return this.#model;
  }

  get profile(): Profile {
    return this.#profile;
  }

  /** Some say who they are only once they have their PIN. */
  get complete(): boolean {
    return this.#imei !== undefined;
  }

  /** Asks the modem who it is, and learns it. */
  async read(): Promise<void> {
    this.#imei = (await readImei(this.#channel)) ?? this.#imei;
    const manufacturer = await optional(this.#channel, readManufacturer);
    const model = await optional(this.#channel, readModel);
    const firmware = await optional(this.#channel, readFirmware);
    const usbVendor = this.#context.usb?.vendorId;
    this.#model = model;
    this.#profile = profileFor({ manufacturer, model, usbVendor });
    this.#channel.pauseMs = this.#profile.pauseMs;
    this.#context.learn({
      id: this.id,
      imei: this.#imei,
      manufacturer,
      model,
      firmware,
      profile: this.#profile,
    });
  }
}

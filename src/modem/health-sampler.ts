import type { Command } from '../gsm/at/commands.ts';
import { readExtendedSignal } from '../gsm/at/health-commands.ts';
import type { AtChannel } from './at-channel.ts';
import type { Priority } from './job-queue.ts';
import { ModemError } from './modem-error.ts';
import type { ModemHealth } from './modem-health.ts';
import type { HealthReading, Profile } from './profiles/index.ts';

/** A question that was refused so often in a row, or once not answered, is not asked again in this session. */
const mostRefusals = 3;

/** What is sampled beside the network, and what +CSQ and registration are silent about on some modems. */
export interface HealthSample {
  readonly signal: number | undefined;
  readonly technology: string | undefined;
  readonly health: Omit<ModemHealth, 'stores'>;
}

/** Asks a modem how it is: what the standard has questions for, and its maker. One command at a time, after all texts. */
export class HealthSampler {
  readonly #channel: AtChannel;
  readonly #profile: () => Profile;
  readonly #refusals = new Map<string, number>();
  #last: HealthSample | undefined;

  constructor(channel: AtChannel, profile: () => Profile) {
    this.#channel = channel;
    this.#profile = profile;
  }

  /** The last sample that was taken. */
  get last(): HealthSample | undefined {
    return this.#last;
  }

  async sample(priority: Priority): Promise<void> {
    const reading: HealthReading = {};
    for (const query of this.#profile().health) Object.assign(reading, await this.#ask(query, priority));
    const extended = await this.#ask(readExtendedSignal, priority);
    this.#last = {
      signal: reading.signalDbm ?? extended?.level,
      technology: reading.technology,
      health: {
        reference: reading.referenceSignalDbm ?? extended?.reference,
        quality: reading.qualityDb ?? extended?.quality,
        noiseRatio: reading.noiseRatioDb,
        band: reading.band,
        temperature: reading.temperatureCelsius,
        supply: reading.supplyMillivolts === undefined ? undefined : reading.supplyMillivolts / 1_000,
      },
    };
  }

  async #ask<Answer>(command: Command<Answer>, priority: Priority): Promise<Answer | undefined> {
    const refusals = this.#refusals.get(command.text) ?? 0;
    if (refusals >= mostRefusals) return undefined;
    try {
      const answer = await this.#channel.run(command, priority);
      this.#refusals.delete(command.text);
      return answer;
    } catch (error) {
      if (!(error instanceof ModemError)) throw error;
      if (error.code !== 'refused' && error.code !== 'timeout') throw error;
      this.#refusals.set(command.text, error.code === 'timeout' ? mostRefusals : refusals + 1);
      return undefined;
    }
  }
}

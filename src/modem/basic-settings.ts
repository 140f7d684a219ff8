import { type Clock, delay } from '../clock.ts';
import { action, echoOff, numberedErrors, verboseResults } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { optional } from './optional.ts';
import type { Profile, UsbPlace } from './profiles/index.ts';

/** "Wait, I am starting", as Wavecom's modems answer everything for some seconds. */
const startingCode = 515;
const startingRetryMs = 1_000;
const startingTries = 30;

/**
 * Sets how answers look: no echo, results in words, errors by number, once a modem that is only just starting will have
 * it. False where it will not yet: some take nothing before their PIN.
 */
export async function setBasics(channel: AtChannel, clock: Clock, signal: AbortSignal): Promise<boolean> {
  let accepted = await setBasicsOnce(channel);
  for (let tries = 1; accepted === 'starting' && tries < startingTries && !signal.aborted; tries++) {
    await delay(clock, startingRetryMs, signal);
    accepted = await setBasicsOnce(channel);
  }
  return accepted === 'accepted';
}

async function setBasicsOnce(channel: AtChannel): Promise<'accepted' | 'refused' | 'starting'> {
  const echo = await optional(channel, { ...echoOff, parse: () => true });
  await optional(channel, verboseResults);
  const errors = await channel.run(numberedErrors, 'control').catch((error: unknown) => error);
  if (!(errors instanceof ModemError)) return echo ? 'accepted' : 'refused';
  if (errors.code !== 'refused') throw errors;
  if (errors.refusal?.code === startingCode) return 'starting';
  return echo ? 'accepted' : 'refused';
}

/** Makes the settings that this family needs to be fit for texts; what it refuses is let be. */
export async function setFamilyBasics(
  channel: AtChannel,
  profile: Profile,
  usb: UsbPlace | undefined,
): Promise<void> {
  for (const { text } of profile.initial) await optional(channel, action(text));
  await profile.prepare?.((command) => optional(channel, command), usb);
}

import { chooseIndications, listIndications, messageService } from '../gsm/at/commands.ts';
import type { AtChannel } from './at-channel.ts';
import { ModemError } from './modem-error.ts';
import { optional } from './optional.ts';
import { generic, type IndicationPreference } from './profiles/index.ts';

/** How a modem tells of what arrives: `values` as they stand in AT+CNMI, undefined where it tells nothing. */
export interface Indications {
  readonly values: readonly number[] | undefined;
  /** Texts come as +CMT and no store holds them. */
  readonly direct: boolean;
  /** What comes must be answered with AT+CNMA, TS 27.005 3.4.4. */
  readonly acknowledged: boolean;
}

type Rung = readonly [mode: number, deliver: number, broadcast: number, report: number];

/**
 * Settings of AT+CNMI (mode, mt, bm, ds) from the best to the last resort, TS 27.005 3.4.1: a text is stored and told
 * of, so that it survives a host that is down; a report is told of before it is not. Direct texts only where nothing
 * else is.
 */
function ladder({ modes, reports }: IndicationPreference): Rung[] {
  const rungs = (deliver: number, told: readonly number[]) =>
    modes.flatMap((mode) => told.map((report): Rung => [mode, deliver, 0, report]));
  return [
    ...rungs(1, reports),
    ...rungs(1, [0]),
    ...rungs(
      2,
      reports.filter((report) => report === 1),
    ),
    ...rungs(2, [0]),
  ];
}

/** Asks what the modem offers, then takes the first rung that it accepts: many refuse what they list. */
export async function negotiateIndications(
  channel: AtChannel,
  preference: IndicationPreference = generic.indications,
): Promise<Indications> {
  const offered = (await optional(channel, listIndications)) ?? [];
  const allows = (position: number, value: number) =>
    (offered[position]?.size ?? 0) === 0 || offered[position]?.has(value);
  const flushes = [...preference.flushes].sort((a, b) => Number(allows(4, b)) - Number(allows(4, a)));
  for (const rung of ladder(preference).filter((values) =>
    values.every((value, position) => allows(position, value)),
  )) {
    const direct = rung[1] === 2;
    const acknowledged = direct && (await enablesAcknowledgement(channel));
    for (const values of [...flushes.map((flush) => [...rung, flush]), [...rung]]) {
      if (await accepts(channel, values)) return { values, direct, acknowledged };
    }
  }
  return { values: undefined, direct: false, acknowledged: false };
}

/** Without this service a modem acknowledges a direct text by itself, and a host that is down loses it. */
async function enablesAcknowledgement(channel: AtChannel): Promise<boolean> {
  return (await optional(channel, messageService(1))) !== undefined;
}

async function accepts(channel: AtChannel, values: readonly number[]): Promise<boolean> {
  try {
    await channel.run(chooseIndications(values), 'control');
    return true;
  } catch (error) {
    if (error instanceof ModemError && error.code === 'refused') return false;
    throw error;
  }
}

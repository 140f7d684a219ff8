import { once } from 'node:events';
import { join } from 'node:path';
import type { Message } from '../../../src/contract/message.ts';
import { immediate, type Profile, profiles } from '../../../src/emulator/index.ts';
import { makeKey } from '../api-key.ts';
import type { ModemBench, PluggedModem } from '../bench-of-modems.ts';
import { Chance } from '../chance.ts';
import { RunningGateway, removeDataDir, temporaryDataDir } from '../running-gateway.ts';
import { type Kill, kindOf, orderVariable } from './boundary.ts';
import { CrashTraffic } from './crash-traffic.ts';

const killer = join(import.meta.dirname, 'crash-point.ts');
const pauseMs = 30;
/** The least there is: a text of unknown fate waits so long for evidence. */
const evidenceSeconds = 3;

/** One gateway with one modem, killed again and again; modem and network live on. */
export class CrashLane {
  readonly traffic: CrashTraffic;
  /** How each run ended, in order. */
  readonly story: string[] = [];
  readonly dataDir: string;
  readonly #modem: PluggedModem;
  readonly #bench: ModemBench;
  readonly #key: string;
  readonly #flags: readonly string[];

  private constructor(bench: ModemBench, modem: PluggedModem, dataDir: string, place: number, seed: number) {
    this.#bench = bench;
    this.#modem = modem;
    this.dataDir = dataDir;
    this.#key = makeKey(dataDir);
    this.traffic = new CrashTraffic(bench.network, modem.number, place, new Chance(seed));
    const spec = `path=${modem.path(socketOf(place))},number=${modem.number}`;
    this.#flags = ['--modem', spec, '--evidence-seconds', String(evidenceSeconds)];
  }

  static async open(bench: ModemBench, place: number, profile: Profile, seed: number): Promise<CrashLane> {
    const modem = bench.add(`+155501${2_000 + place}`, { profile: immediate(profile) });
    await modem.plugIn(socketOf(place));
    return new CrashLane(bench, modem, await temporaryDataDir(), place, seed);
  }

  /** Whether reports wait in the modem while the program is dead: then none of them may be lost. */
  get keepsReports(): boolean {
    return this.#modem.modem.profile.name === profiles['sierra-mc7304']?.name;
  }

  close(): Promise<void> {
    return removeDataDir(this.dataDir);
  }

  /** Starts the program and lets texts come and go until it is dead. */
  async kill(kill: Kill): Promise<void> {
    this.traffic.begin();
    const env = { [orderVariable]: JSON.stringify(kill) };
    const gateway = await this.#start(['--import', killer], env).catch((error: Error) => {
      if (!error.message.startsWith('ended before it was ready')) throw error;
    });
    if (gateway) await this.#feedUntilDead(gateway, kill);
    this.story.push(kindOf(kill));
  }

  /** Starts it once more, lets everything come to its end, and stops it; what its API says then. */
  async settle(): Promise<Message[]> {
    const gateway = await this.#start();
    try {
      await this.traffic.askAgain(gateway);
      await gateway.until('every text to have its end', () => this.#allEnded(gateway));
      await gateway.until('every arrival to be shown and the modem to be empty', () =>
        this.#allRead(gateway),
      );
      return await gateway.messages();
    } finally {
      await gateway.stop();
    }
  }

  #start(node: readonly string[] = [], env: Record<string, string> = {}): Promise<RunningGateway> {
    return RunningGateway.start(this.#flags, { dataDir: this.dataDir, key: this.#key, node, env });
  }

  async #feedUntilDead(gateway: RunningGateway, kill: Kill): Promise<void> {
    const { process: child } = gateway;
    const isDead = () => child.signalCode !== null || child.exitCode !== null;
    const died = isDead() ? Promise.resolve() : once(child, 'exit');
    await gateway.until(kindOf(kill), async () => {
      if (isDead()) return true;
      if (!(await this.traffic.feed(gateway))) await Promise.race([died, pause()]);
      return isDead();
    });
    if (child.signalCode !== 'SIGKILL') throw new Error(`It ended by itself: ${gateway.log}`);
  }

  async #allEnded(gateway: RunningGateway): Promise<boolean> {
    const unfinished = ['queued', 'dispatched', ...(this.keepsReports ? ['sent'] : [])];
    const open = unfinished.map((status) => gateway.messages(`status=${status}`));
    return (await Promise.all(open)).flat().length === 0;
  }

  async #allRead(gateway: RunningGateway): Promise<boolean> {
    const { network } = this.#bench;
    if (network.heldFor(this.#modem.number) > 0 || this.#modem.sim.messages.used > 0) return false;
    const { body } = await gateway.request('/v1/sms?per_page=1&direction=inbound');
    return (body as { meta: { total: number } }).meta.total >= this.traffic.inward.length;
  }
}

const socketOf = (place: number) => `modem${place}`;

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

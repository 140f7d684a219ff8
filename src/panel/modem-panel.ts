import type { Clock } from '../clock.ts';
import type { ModemChange } from '../contract/modem.ts';
import type {
  AtAnswer,
  AtLogQuery,
  AtLogView,
  AtRequest,
  PinRequest,
  UssdAnswer,
  UssdRequest,
} from '../contract/modem-actions.ts';
import type { Logger } from '../log.ts';
import type { AtLog } from '../modem/at-log/at-log.ts';
import type { FleetMember } from '../modem/fleet.ts';
import type { ModemStore } from '../store/modem-store.ts';
import type { UssdStore } from '../store/ussd-store.ts';
import type { ModemViews } from '../views/modem-views.ts';
import { nextLine } from './at-log-wait.ts';
import { explain } from './explain.ts';
import { PanelError } from './panel-error.ts';
import { orderOf } from './sim-lock-request.ts';

/** How long a text in hand may take before its modem is let go. */
const exchangeGraceMs = 6_000;

/** What the panel needs of the gateway. */
export interface PanelContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly atLog: Pick<AtLog, 'read' | 'onLine'>;
  /** The modems by the ids that they are shown with; some are only devices that cannot serve. */
  readonly modems: Pick<ModemViews, 'find' | 'modems'>;
  readonly store: Pick<ModemStore, 'setDisabled' | 'welcome' | 'forget'>;
  readonly ussd: Pick<UssdStore, 'setUssdWay'>;
  /** Lets a port go for good; `named` are those that the gateway was told of when it started. */
  readonly ports: { readonly named: readonly string[]; remove(path: string): Promise<void> };
}

/**
 * What a person can do with a modem beside sending texts: read what passes, type a command, talk with the network,
 * see to the SIM's lock, restart it, let it go. Rejects with a `PanelError`.
 */
export class ModemPanel {
  readonly #context: PanelContext;

  constructor(context: PanelContext) {
    this.#context = context;
  }

  /** What passed between the gateway and a modem, also one that is away. */
  log(id: string, { after, limit, bodies }: AtLogQuery): AtLogView {
    const { facts } = this.#member(id);
    const lines = this.#context.atLog
      .read({
        modem: facts.id,
        port: facts.port,
        portOnly: id !== facts.id,
        limit,
        bodies: bodies === 'true',
        ...(after !== undefined && { after }),
      })
      .map(({ seq, at, port, direction, text }) => ({
        seq,
        at: new Date(at).toISOString(),
        port,
        direction,
        text,
      }));
    return { modem_id: id, lines, last_seq: lines.at(-1)?.seq ?? after ?? 0 };
  }

  /** The same, but waits for a line after `after` where there is none yet, until `ended`. */
  async followLog(id: string, query: AtLogQuery, ended: AbortSignal): Promise<AtLogView> {
    const { clock, atLog } = this.#context;
    const until = clock.monotonic() + query.wait_seconds * 1_000;
    for (;;) {
      const now = this.log(id, query);
      const leftMs = until - clock.monotonic();
      if (query.after === undefined || now.lines.length > 0 || leftMs <= 0 || ended.aborted) return now;
      await nextLine(atLog, clock, leftMs, ended);
    }
  }

  /** Runs one command line. */
  async type(id: string, { command, timeout_seconds, force }: AtRequest): Promise<AtAnswer> {
    const { modem, facts } = this.#present(id);
    if (force) this.#context.log.warn({ modem: facts.id, port: facts.port }, 'a command is forced');
    const request = { line: command, timeoutMs: timeout_seconds * 1_000, force };
    const { lines, result = null, ok, elapsedMs, prompted } = await done(modem.desk.console(request));
    return { lines: [...lines], result, ok, elapsed_ms: elapsedMs, prompted };
  }

  /** Begins a dialogue with the network, answers its question, or ends it. */
  async ussd(id: string, { code, answer }: UssdRequest): Promise<UssdAnswer> {
    const { desk } = this.#present(id).modem;
    if (code !== undefined) return done(desk.beginUssd(code));
    if (answer !== undefined) return done(desk.answerUssd(answer));
    await done(desk.cancelUssd());
    return { state: 'cancelled', text: '' };
  }

  /** Sees to the lock of the SIM. */
  async pin(id: string, request: PinRequest): Promise<void> {
    await done(this.#present(id).modem.changeLock(orderOf(request)));
  }

  /** Restarts the modem. */
  async reset(id: string): Promise<void> {
    const { modem, facts } = this.#present(id);
    this.#context.log.info({ modem: facts.id, port: facts.port }, 'a person restarts the modem');
    await done(modem.desk.reset());
  }

  /** Lets the modem go until it is enabled, also after a restart of the gateway. */
  async disable(id: string): Promise<void> {
    const { modem, facts } = this.#member(id);
    this.#context.log.info({ modem: facts.id, port: facts.port }, 'a person disables the modem');
    this.#context.store.setDisabled({ ...facts, modemId: facts.id }, true, this.#context.clock.now());
    await modem.letGo('released', exchangeGraceMs);
  }

  /** Takes the modem back. */
  async enable(id: string): Promise<void> {
    const { modem, facts } = this.#member(id);
    this.#context.log.info({ modem: facts.id, port: facts.port }, 'a person enables the modem');
    this.#context.store.setDisabled({ ...facts, modemId: facts.id }, false, this.#context.clock.now());
    modem.takeUp('released');
  }

  /** Sets something for the modem, whether it is there now or not. */
  change(id: string, { ussd_way: way }: ModemChange): void {
    const { facts } = this.#member(id);
    if (way !== undefined) this.#context.ussd.setUssdWay(facts.id, way);
  }

  /** A person has looked at a modem that is new here. */
  welcome(id: string): void {
    const { facts } = this.#member(id);
    this.#context.store.welcome({ ...facts, modemId: facts.id }, this.#context.clock.now());
  }

  /** A modem that is gone is not waited for any more; what it sent and received stays explained. */
  async forget(id: string): Promise<void> {
    const { facts } = this.#member(id);
    const { ports, store, clock, log } = this.#context;
    if (facts.state !== 'absent')
      throw new PanelError('IN_USE', 'The modem is plugged in. Only one that is gone can be forgotten.');
    if (ports.named.includes(facts.port)) {
      const where = `The gateway was started with the port ${facts.port}.`;
      throw new PanelError('IN_USE', `${where} Take it out there, and it is not waited for any more.`);
    }
    log.info({ modem: facts.id, port: facts.port }, 'a person forgets the modem');
    store.forget(facts.id, clock.now());
    this.#context.ussd.setUssdWay(facts.id, 'automatic');
    await ports.remove(facts.port);
  }

  #member(id: string): FleetMember {
    const { modems } = this.#context;
    const member = modems.find(id);
    if (member) return member;
    const device = modems.modems().find((view) => view.id === id);
    if (!device) throw new PanelError('MODEM_NOT_FOUND', 'There is no modem with this id.');
    throw new PanelError('MODEM_UNAVAILABLE', device.problem?.message ?? 'This device cannot serve.');
  }

  /** A modem that may answer. */
  #present(id: string): FleetMember {
    const member = this.#member(id);
    const why = unavailable[member.facts.state];
    if (why) throw new PanelError('MODEM_UNAVAILABLE', why);
    return member;
  }
}

const unavailable: Readonly<Record<string, string | undefined>> = {
  absent: 'The modem is not plugged in.',
  disabled: 'The modem is disabled. Enable it first.',
};

async function done<Result>(wish: Promise<Result>): Promise<Result> {
  try {
    return await wish;
  } catch (error) {
    throw explain(error);
  }
}

import fc from 'fast-check';
import { encodeStatusReport } from '../../../src/gsm/pdu/index.ts';
import { checkPromises } from './invariants.ts';
import { numbers, sockets, type World } from './world.ts';

/** What is known without asking the gateway: the promises are checked against the world itself. */
export type Model = Record<string, never>;
type Command = fc.AsyncCommand<Model, World>;

/** Something that happens, written so that a failing sequence can be read. */
class Happening implements Command {
  readonly #told: string;
  readonly #act: (world: World) => Promise<void> | void;

  constructor(told: string, act: (world: World) => Promise<void> | void) {
    this.#told = told;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(_model: Model, world: World): Promise<void> {
    await this.#act(world);
    await checkPromises(world);
  }

  toString(): string {
    return this.#told;
  }
}

/** What the phones of these digits do is said in `addPhones`. */
const phones = ['answers', 'unknown', 'busy', 'off', 'undeliverable'] as const;
type PhoneKind = (typeof phones)[number];
const behaviours = {
  answers: 'silent',
  unknown: { refuse: 1 },
  busy: { refuse: 41 },
  off: 'switched-off',
  undeliverable: { reports: [0x45] },
} as const;

const faults = [
  'hang=20',
  'lose-result',
  'late-result=10,1',
  'hang-after-send=30',
  'hang-before-send=30',
  'cms-error=500,2',
  'cms-error=21,1',
  'prompt-error=500,1',
  'cms-error=310,1',
  'lose-prompt',
  'lose-ok',
  'report-first=3',
  'reboot',
  'silent-reboot',
  'no-network=30',
  'sim-busy=5',
  'delete-error=320,1',
  'keep-deleted',
  'lose-notice',
  'notice-twice=2',
  'truncate',
];

const which = fc.nat({ max: numbers.length - 1 });
const spans = [50, 700, 3_000, 20_000, 90_000, 400_000];

interface Wish {
  readonly from: number;
  readonly phone: PhoneKind;
  readonly long: boolean;
  readonly priority: number;
  readonly validity: number | undefined;
  readonly inSeconds: number | undefined;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  from: which,
  phone: fc.oneof({ weight: 4, arbitrary: fc.constant('answers' as const) }, fc.constantFrom(...phones)),
  long: fc.boolean(),
  priority: fc.constantFrom(0, 0, 9),
  validity: fc.constantFrom(undefined, undefined, 300),
  inSeconds: fc.constantFrom(undefined, undefined, undefined, 60, 900),
});

async function send(world: World, { from, phone, long, priority, validity, inSeconds }: Wish): Promise<void> {
  const to = `+1555${7_000_000 + world.texts.length}`;
  world.network.addPhone(to, behaviours[phone]);
  const at = inSeconds && new Date(world.clock.now() + 1_000 * inSeconds).toISOString();
  const { status, data } = await world.gateway.request('POST', '/v1/sms/send', {
    from: numbers[from],
    to,
    body: long ? 'A text in two parts. '.repeat(10) : 'A text',
    priority,
    ...(validity && { validity_seconds: validity }),
    ...(at && { scheduled_at: at }),
  });
  if (status !== 202) throw new Error(`A text was answered ${status}`);
  const answer = data as { message_id: string; status: string };
  world.texts.push({
    id: answer.message_id,
    from: numbers[from] ?? '',
    to,
    segments: long ? 2 : 1,
    cancelled: false,
    status: answer.status,
    unexplainedSince: undefined,
  });
}

async function cancel(world: World, nth: number): Promise<void> {
  const text = world.texts[nth % Math.max(1, world.texts.length)];
  if (!text) return;
  const { status } = await world.gateway.request('POST', `/v1/sms/${text.id}/cancel`);
  if (status === 200) text.cancelled = true;
  else if (status !== 409) throw new Error(`Cancelling was answered ${status}`);
}

/** A report that the network sends once more, or late, or with another result. */
function report(world: World, nth: number, status: number): void {
  const { all } = world.network.submissions;
  const part = all[nth % Math.max(1, all.length)];
  if (!part) return;
  const time = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;
  const { pdu } = encodeStatusReport({
    recipient: part.to,
    smsc: '+15550000000',
    mr: part.reference,
    scts: time(part.at),
    discharge: time(world.clock.now()),
    status,
  });
  world.network.deliver({ from: part.to, to: part.from, pdus: [pdu] });
}

function arrive(world: World, at: number, long: boolean): void {
  const text = `in ${world.arrivals.length} `.repeat(long ? 30 : 1).trim();
  world.arrivals.push(text);
  const reference = world.arrivals.length % 256;
  world.network.deliver({ from: '+15559990000', to: numbers[at] ?? '', text, reference });
}

/** Everything that can happen, as often as it does. */
export const happenings: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 4 }, () =>
    wish.map((w) => new Happening(`send ${JSON.stringify(w)}`, (world) => send(world, w))),
  ),
  ...Array.from({ length: 3 }, () =>
    fc.constantFrom(...spans).map((ms) => new Happening(`pass ${ms} ms`, (world) => world.pass(ms))),
  ),
  fc.nat({ max: 20 }).map((nth) => new Happening(`cancel ${nth}`, (world) => cancel(world, nth))),
  fc
    .tuple(which, fc.constantFrom(...faults))
    .map(([at, fault]) => new Happening(`strike ${at} with ${fault}`, (world) => world.strike(at, fault))),
  fc
    .tuple(which, fc.constantFrom(...faults))
    .map(([at, fault]) => new Happening(`strike ${at} with ${fault}`, (world) => world.strike(at, fault))),
  which.map((at) => new Happening(`unplug ${at}`, (world) => world.unplug(at))),
  fc.tuple(which, fc.nat({ max: sockets.length - 1 })).map(
    ([at, socket]) =>
      new Happening(`plug ${at} at ${socket}`, (world) => {
        if (!world.isPlugged(at) && world.isFree(socket)) world.plug(at, socket);
      }),
  ),
  fc
    .tuple(which, fc.boolean())
    .map(([at, on]) => new Happening(`${on ? 'pause' : 'resume'} ${at}`, (world) => world.pause(at, on))),
  fc.boolean().map(
    (on) =>
      new Happening(`${on ? 'pause' : 'resume'} all`, async (world) => {
        await world.gateway.request('PATCH', '/v1/settings', { sending_paused: on });
      }),
  ),
  fc
    .tuple(fc.nat({ max: 20 }), fc.constantFrom(0x00, 0x20, 0x40))
    .map(([nth, status]) => new Happening(`report ${nth} ${status}`, (world) => report(world, nth, status))),
  fc
    .tuple(which, fc.boolean())
    .map(
      ([at, long]) => new Happening(`arrive ${at}${long ? ' long' : ''}`, (world) => arrive(world, at, long)),
    ),
  fc.constant(new Happening('restart', (world) => world.restart())),
  fc.constant(new Happening('cut the power', (world) => world.cutPower())),
];

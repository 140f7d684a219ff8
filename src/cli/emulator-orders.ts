import { namedFaults } from '../emulator/named-faults/index.ts';
import type { Saboteur } from '../emulator/named-faults/saboteur.ts';
import { FaultError, faultUsage, readFault } from '../emulator/named-faults/written-fault.ts';
import type { EmulatedNetwork } from '../emulator/network/emulated-network.ts';

/** A modem that takes orders. */
export interface OrderedModem {
  readonly number: string;
  readonly saboteur: Saboteur;
}

/** What orders act on. */
export interface Stage {
  readonly network: EmulatedNetwork;
  readonly modems: readonly OrderedModem[];
}

interface Order {
  readonly usage: string;
  readonly tells: string;
  /** What came of it, as a sentence. Throws a `FaultError` for what cannot be. */
  readonly act: (modem: OrderedModem, stage: Stage, rest: string) => string;
}

const orders: Readonly<Record<string, Order>> = {
  text: {
    usage: 'text FROM BODY',
    tells: 'gets a text from outside',
    act({ number }, { network }, rest) {
      const [, from, text] = /^(\S+)\s+(.+)$/s.exec(rest) ?? [];
      if (!from || !text) throw new FaultError('A text is written: text +15557654321 Are you there?');
      network.deliver({ from, to: number, text });
      return `a text from ${from} is on its way`;
    },
  },
  call: {
    usage: 'call [FROM]',
    tells: 'is called, until hang-up',
    act({ number }, { network }, from) {
      if (!network.call(number, from === '' ? undefined : from)) return 'the network does not reach it';
      return 'a call rings';
    },
  },
  'hang-up': {
    usage: 'hang-up',
    tells: 'is called no longer',
    act({ number }, { network }) {
      network.hangUp(number);
      return 'the call is over';
    },
  },
  mend: {
    usage: 'mend',
    tells: 'is whole again: all faults are taken back',
    act({ saboteur }) {
      saboteur.mend();
      return 'all faults are taken back';
    },
  },
};

/**
 * Does what a line says, `[N] ORDER` or `[N] FAULT`, to modem N or to all of them; one sentence a modem. Throws an
 * error with a sentence for what is no order.
 */
export function obey(line: string, stage: Stage): readonly string[] {
  const [, place, word = '', rest = ''] = /^(?:(\d+)[\s:]\s*)?(\S+)\s*(.*)$/s.exec(line.trim()) ?? [];
  const order = Object.hasOwn(orders, word) ? orders[word] : undefined;
  return chosen(stage, place).map(([number, modem]) =>
    order
      ? `modem ${number}: ${order.act(modem, stage, rest.trim())}`
      : `modem ${number} ${strike(modem, word, rest)}`,
  );
}

/** A fault as `--fault` takes it, `[N:]FAULT`, is one that can be had of so many modems; else throws. */
export function checkFault(written: string, modems: number): void {
  const [, place, word = ''] = /^(?:(\d+):)?(.*)$/s.exec(written) ?? [];
  readFault(word);
  if (place !== undefined && (Number(place) < 1 || Number(place) > modems)) throw noModem(place);
}

/** All orders and faults with what they do, for --help. */
export function listOrders(): string {
  const rows = [
    ...Object.values(orders).map(({ usage, tells }) => [usage, `the modem ${tells}`]),
    ...namedFaults.map((fault) => [faultUsage(fault), `the modem ${fault.tells}`]),
  ];
  const width = Math.max(...rows.map(([usage = '']) => usage.length));
  return rows.map(([usage = '', tells]) => `  ${usage.padEnd(width)}  ${tells}`).join('\n');
}

function strike({ saboteur }: OrderedModem, word: string, rest: string): string {
  const written = rest === '' ? word : `${word} ${rest}`;
  saboteur.strike(written);
  return readFault(written).fault.tells;
}

function chosen({ modems }: Stage, place: string | undefined): [number, OrderedModem][] {
  const numbered = modems.map((modem, index): [number, OrderedModem] => [index + 1, modem]);
  if (place === undefined) return numbered;
  const found = numbered.filter(([number]) => number === Number(place));
  if (found.length === 0) throw noModem(place);
  return found;
}

const noModem = (place: string) => new FaultError(`There is no modem ${place}.`);

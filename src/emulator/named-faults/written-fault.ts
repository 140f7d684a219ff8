import { namedFaults } from './index.ts';
import type { Amount, NamedFault } from './named-fault.ts';

/** A fault that nobody knows, or a number that it cannot have. */
export class FaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FaultError';
  }
}

/** How a fault is written: `slow=MILLISECONDS,SECONDS`, with what may be left out in brackets. */
export function faultUsage({ word, amounts }: NamedFault): string {
  const names = amounts.map(({ name }) => name.toUpperCase());
  return names.length > 0 ? `${word}[=${names.join(',')}]` : word;
}

/** The fault that a word asks for, with its numbers filled in. Throws a `FaultError` for what is none. */
export function readFault(written: string): {
  readonly fault: NamedFault;
  readonly amounts: readonly number[];
} {
  const [word = '', numbers] = written.split(/=(.*)/s);
  const fault = namedFaults.find((candidate) => candidate.word === word);
  if (!fault) throw new FaultError(`There is no fault "${word}".`);
  const given = numbers === undefined ? [] : numbers.split(',');
  if (given.length > fault.amounts.length) {
    throw new FaultError(`"${word}" is written ${faultUsage(fault)}.`);
  }
  return { fault, amounts: fault.amounts.map((amount, place) => readAmount(word, amount, given[place])) };
}

function readAmount(word: string, { name, usual, least, most }: Amount, text: string | undefined): number {
  if (text === undefined || text === '') return usual;
  if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new FaultError(`The ${name} of "${word}" must be a whole number from ${least} to ${most}.`);
}

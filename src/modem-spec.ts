import { z } from 'zod';
import { e164 } from './contract/phone-number.ts';

/** The speed of a real UART that is tried first; a USB modem ignores it. */
export const defaultBaudRate = 115_200;

const fields = z.strictObject({
  path: z
    .string({ error: 'needs a path, for example path=/dev/ttyUSB2' })
    .min(1, 'needs a path, for example path=/dev/ttyUSB2'),
  number: e164.optional(),
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'must be 4 to 8 digits')
    .optional(),
  baud: z
    .preprocess(
      (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
      z.int('must be a whole number').min(300).max(4_000_000),
    )
    .optional(),
});

/** A modem that was named by hand: where it is, and what its SIM gets if it has no number or PIN of its own yet. */
export type ModemSpec = z.infer<typeof fields>;

/**
 * `path=/dev/ttyUSB2[,number=+15550001111][,pin=1234][,baud=115200]`, or the same as an object. A value may hold
 * `=`, a path may not hold a comma.
 */
export const modemSpec = z.preprocess(
  (value) => (typeof value === 'string' ? fromText(value) : value),
  fields,
);

function fromText(text: string): Record<string, string> {
  const pairs = text.split(',').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0
      ? ([part.trim(), ''] as const)
      : ([part.slice(0, equals).trim(), part.slice(equals + 1).trim()] as const);
  });
  return Object.fromEntries(pairs);
}

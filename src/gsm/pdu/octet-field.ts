import { EncodeError } from './encode-error.ts';

/** A value that must fit in one octet. */
export function octetField(field: string, value: number): number {
  if (!Number.isInteger(value) || value < 0 || value > 255) {
    throw new EncodeError(field, `${field} must be a whole number from 0 to 255, not ${value}`);
  }
  return value;
}

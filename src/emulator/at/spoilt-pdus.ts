import type { Faults } from '../faults.ts';

/** A header that ends with the length of the PDU on the next line: +CMT, +CDS, +CMGR, +CMGL (27.005 3.4). */
const headers = /^(\+(?:CMT|CDS|CMG[LR]): (?:.*,)?)(\d+)\r\n(?=[0-9A-F]{10})/gm;

/** A text with its PDUs as a faulty modem shows them: under a wrong length, with other lines in front. */
export function spoiltPdus(text: string, { lengthError, beforePdus }: Faults): string {
  if (lengthError === 0 && beforePdus.length === 0) return text;
  const between = beforePdus.map((line) => `\r\n${line}\r\n`).join('');
  return text.replace(
    headers,
    (_header, head: string, length: string) => `${head}${Number(length) + lengthError}\r\n${between}`,
  );
}

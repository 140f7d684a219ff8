/**
 * What octets from a port tell of what speaks there.
 *
 * - `at`: a final result, so that it takes AT commands
 * - `position`: sentences of a positioning receiver (NMEA 0183)
 * - `binary`: frames of a protocol of its own, as diagnostic ports have (QCDM ends its frames with 7E)
 */
export type OctetJudgement = 'at' | 'position' | 'binary';

const finalLine = /(?:^|[\r\n])(?:OK|ERROR|COMMAND NOT SUPPORT|\+CM[ES] ERROR:[^\r\n]*)[\r\n]/;
const positionSentence = /\$(?:G[ABLNPQ]|BD|QZ)[A-Z]{3},/;

/** One or two wild octets come with the opening of many ports. */
const fewOctets = 2;

/** Judges what came so far; undefined while that tells nothing. */
export function judgeOctets(octets: string): OctetJudgement | undefined {
  if (finalLine.test(octets)) return 'at';
  if (positionSentence.test(octets)) return 'position';
  const strange = [...octets].filter((octet) => !isText(octet.charCodeAt(0))).length;
  return strange > fewOctets && strange * 3 > octets.length ? 'binary' : undefined;
}

/** Tabs, line ends, escape and what can be printed. */
function isText(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || [0x09, 0x0a, 0x0d, 0x1b].includes(code);
}

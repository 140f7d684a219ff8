import { describe, expect, it } from 'vitest';
import { ok } from '../../src/emulator/at/reply.ts';
import { generic } from '../../src/emulator/index.ts';
import { normaliseImei } from '../../src/modem/imei.ts';
import { FleetBench } from './fleet-bench.ts';

const port = '/dev/ttyUSB0';
const imei = '490154203237518';

describe('an IMEI', () => {
  it.each([
    ['351234567890120', '351234567890120'],
    ['49015420323751', '490154203237518'],
    ['4901542032375101', '490154203237518'],
    ['49015420323751801', '490154203237518'],
    ['350000000000019', '350000000000019'],
    ['000000000000000', undefined],
    ['11111111111111', undefined],
  ])('of %s', (digits, expected) => {
    expect(normaliseImei(digits)).toBe(expected);
  });
});

describe('a modem is known by its IMEI', () => {
  const says = (text: string, ...lines: string[]) => ({
    name: text,
    execute: () => ok(...lines),
    set: () => ok(...lines),
  });

  it.each([
    ['told with its prefix', [says('+CGSN', `+CGSN: "${imei}"`)]],
    ['told without its check digit', [says('+CGSN', imei.slice(0, 14))]],
    ['told with the version of its software', [says('+CGSN', `${imei.slice(0, 14)}07`)]],
    ['told as +GSN, and as +CGSN a number of the maker', [says('+CGSN', 'ABC1234567'), says('+GSN', imei)]],
    [
      'told as +GSN, and as +CGSN a number that looks like one',
      [says('+CGSN', '350000000000019'), says('+GSN', imei)],
    ],
  ])('%s', async (_, commands) => {
    const bench = new FleetBench();
    const lacks = commands.some(({ name }) => name === '+GSN') ? [] : ['+GSN', 'I'];
    bench.station(port, { profile: { ...generic, commands, lacks } });
    expect(await bench.reaches(port, 'ready')).toMatchObject({ id: imei, imei });
  });

  it('that stands among what ATI tells', async () => {
    const bench = new FleetBench();
    const profile = { ...generic, lacks: ['+CGSN', '+GSN'] };
    bench.station(port, { profile, imei });
    expect(await bench.reaches(port, 'ready')).toMatchObject({ id: imei, imei });
  });

  it('even with a wrong check digit, where there is no other', async () => {
    const bench = new FleetBench();
    bench.station(port, { imei: '350000000000019' });
    expect(await bench.reaches(port, 'ready')).toMatchObject({ imei: '350000000000019' });
  });

  it('and by its port where it has none', async () => {
    const bench = new FleetBench();
    bench.station(port, { imei: '000000000000000' });
    expect(await bench.reaches(port, 'ready')).toMatchObject({ id: port, imei: undefined });
  });
});

import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

describe('what is never touched', () => {
  it('can be said by flag, variable and file; a flag beats a variable', () => {
    expect(readConfig({}, {}).neverTouch).toEqual([]);
    expect(readConfig({}, { POSTERN_NEVER_TOUCH: '/dev/ttyUSB0, 12d1:*' }).neverTouch).toEqual([
      '/dev/ttyUSB0',
      '12d1:*',
    ]);
    const flags = { neverTouch: ['COM7'] };
    expect(readConfig(flags, { POSTERN_NEVER_TOUCH: '/dev/ttyUSB0' }).neverTouch).toEqual(['COM7']);
  });

  it.each(['ttyUSB0', '12d1', '12d1:15', 'usb:12d1:1506', ''])('is a path or ids, not %j', (entry) => {
    expect(() => readConfig({ neverTouch: [entry] }, {})).toThrow(/--never-touch: must be a path/);
  });

  it('cannot be named as a modem as well', () => {
    const flags = { modems: ['path=/dev/ttyUSB2'], neverTouch: ['/dev/ttyUSB2'] };
    expect(() => readConfig(flags, {})).toThrow(ConfigError);
    expect(() => readConfig(flags, {})).toThrow(/named as a modem and as never touched/);
  });
});

describe('the rate of a named modem', () => {
  it('is found where none is given', () => {
    const [one, other] = readConfig({ modems: ['path=/dev/ttyS0', 'path=/dev/ttyS1,baud=9600'] }, {}).modems;
    expect(one?.baud).toBeUndefined();
    expect(other?.baud).toBe(9_600);
  });
});

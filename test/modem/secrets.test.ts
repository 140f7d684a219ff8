import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ModemError, maskSecrets } from '../../src/modem/modem-error.ts';
import { traced } from '../../src/modem/traced-transport.ts';
import { ScriptedPort } from './scripted-port.ts';

describe('a secret', () => {
  it.each([
    ['AT+CPIN="4711"', 'AT+CPIN="****"'],
    ['AT+CPIN="12345678","4711"', 'AT+CPIN="****","****"'],
    ['at+cpin=4711', 'at+cpin=****'],
    ['AT+CPWD="SC","4711","0042"', 'AT+CPWD="SC","****","****"'],
    ['AT+CLCK="SC",0,"4711"', 'AT+CLCK="SC",0,"****"'],
  ])('in %s is masked', (command, masked) => {
    expect(maskSecrets(command)).toBe(masked);
    expect(new ModemError('timeout', command).message).not.toMatch(/\d{4}/);
  });

  it.each(['AT+CMGS=19', 'AT+CPIN?', 'AT+CNMI=2,1,0,1,0', '0011000B915155765432F1'])(
    'is none in %s',
    (command) => {
      expect(maskSecrets(command)).toBe(command);
    },
  );

  it('is in no line of the trace, neither as it was written nor as the modem gave it back', async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const port = new ScriptedPort();
    const open = traced(async () => port, pino({ level: 'trace' }, sink));
    const transport = await open('scripted', { baudRate: 115_200 });
    await transport.write('AT+CPIN="4711"\r');
    for (const piece of ['AT+CPIN="47', '11"\r\r\nOK\r\n']) port.says(piece);
    await transport.write('AT+CSQ\r');
    port.says('\r\n+CSQ: 9,99\r\n');
    const shown = lines.map((line) => JSON.parse(line) as { in?: string; out?: string });
    expect(shown.map((line) => line.out ?? line.in)).toEqual([
      'AT+CPIN="****"\r',
      'AT+CPIN="**',
      '**"\r\r\nOK\r\n',
      'AT+CSQ\r',
      '\r\n+CSQ: 9,99\r\n',
    ]);
  });

  it('costs nothing where nobody traces', async () => {
    const port = new ScriptedPort();
    const open = traced(async () => port, pino({ level: 'info' }));
    await open('scripted', { baudRate: 115_200 });
    expect(port.listenerCount('data')).toBe(0);
  });
});

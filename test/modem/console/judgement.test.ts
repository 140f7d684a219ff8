import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/modem/console/judgement.ts';

const verdict = (line: string, force = false) => judge(line, force).kind;

describe('a command line that a person types', () => {
  it.each([
    'AT',
    'ATI',
    'at+csq',
    'AT+CFUN?',
    'AT+CFUN=?',
    'AT+CGSN',
    'AT+CGSN=1',
    'AT+EGMR=0,7',
    'AT+CPIN?',
    'AT+CLCK="SC",2',
    'AT+CMGF?',
    'AT+CNMI=?;+CPMS?',
    'AT+CMGL=4',
    'AT+CMGR=3',
    'AT+COPS?',
    'AT+COPS=?',
    'AT+COPS=3,2',
    'AT+CRSM=176,28486,0,0,17',
    'AT+QCFG="nwscanmode"',
    'AT+QENG="servingcell"',
    'AT^SYSINFO',
    'AT#MONI',
    'AT!GSTATUS?',
    'ATE0V1Q0',
    'ATS0?',
    'ATH',
  ])('%s is run', (line) => {
    expect(verdict(line)).toBe('allowed');
  });

  it.each([
    'AT+CFUN=4',
    'AT+CFUN=1,1',
    'AT+IPR=9600',
    'ATE1',
    'ATE1+CSQ',
    'ATZ',
    'AT&F',
    'AT&W',
    'AT+CMGF=1',
    'AT+CNMI=0',
    'AT+CPMS="SM"',
    'AT+CSMS=1',
    'AT+CMGS=10',
    'AT+CMGW=10',
    'AT+CMGD=1,4',
    'AT+CMGC=3',
    'AT+CMSS=1',
    'AT+CUSD=1,"*100#",15',
    'AT+COPS=2',
    'AT+CSCA="+49171"',
    'AT+CSCS="UCS2"',
    'AT+CRSM=214,28480,0,0,1,"00"',
    'AT^RESET',
    'AT+QPOWD=1',
    'AT+QPOWD',
    'AT#REBOOT',
    'AT+CPOF',
    'AT^SETPORT="FF;12"',
    'AT^U2DIAG=0',
    'AT+QCFG="usbnet",1',
    'AT#USBCFG=3',
    'AT + C F U N = 4',
    'at+cfun=4',
    'AT+CSQ;+CFUN=4',
    'AT+CSQ;;+CREG?;+CFUN=4;I',
    'ATIE1',
  ])('%s is run only when it is forced', (line) => {
    expect(verdict(line)).toBe('guarded');
    expect(verdict(line, true)).toBe('allowed');
  });

  it.each([
    'AT+CGSN="490154203237518"',
    'AT+EGMR=1,7,"490154203237518"',
    'AT+SIMEI=490154203237518',
    'AT^PHYNUM=IMEI,490154203237518',
    'AT+CPIN="1234"',
    'AT+CPIN=1234',
    'AT+CPWD="SC","1234","0000"',
    'AT+CLCK="SC",0,"1234"',
    'AT+CLCK="SC",1,"1234"',
    'AT^CARDLOCK="12345678"',
    'AT+CSIM=26,"0020000108313233FFFFFFFFFF"',
    'ATV0',
    'ATE0V0',
    'ATQ1',
    'ATS3=65',
    'AT+ICF=1',
    'AT+CMUX=0',
    'AT&K3',
    'ATD+4915112345678;',
    'ATD*99#',
    'ATDT112',
    'ATA',
    'ATO',
    'AT+QFOTADL="http://x"',
    'AT^NVWR=1,2',
    'AT!BOOTHOLD',
    'AT+CFUN=4;+EGMR=1,7,"490154203237518"',
    'AT+CSQ;+CPIN="1234"',
  ])('%s is never run', (line) => {
    expect(verdict(line)).toBe('forbidden');
    expect(verdict(line, true)).toBe('forbidden');
  });

  it.each([
    ['AT+CSQ\rAT+CFUN=4', 'a carriage return (U+000D) at place 7'],
    ['AT+CSQ\n', 'a line feed (U+000A) at place 7'],
    ['AT\x1b', 'ESC (U+001B) at place 3'],
    ['AT\x1a', 'ctrl-Z (U+001A) at place 3'],
    ['AT\0', 'the character U+0000 at place 3'],
    ['AT\x7f', 'the character U+007F at place 3'],
    ['AT+CPBF="Zoë"', 'the character U+00EB at place 12'],
    ['AT+X="😀"', 'the character U+1F600 at place 7'],
    [`AT${'A'.repeat(255)}`, 'The command is 257 characters long; a modem takes at most 256.'],
    ['+++', 'The command holds +++'],
    ['AT+CSQ="+++"', 'The command holds +++'],
    ['+CSQ', 'begins with AT'],
    ['A/', 'begins with AT'],
    ['', 'begins with AT'],
    ['AT+CSQ="', 'quotes close'],
    ['AT+CSQ+CFUN=4', 'parted by semicolons'],
  ])('%j is refused in words', (line, words) => {
    for (const force of [false, true]) {
      const judgement = judge(line, force);
      expect(judgement.kind).toBe('malformed');
      expect(judgement).toHaveProperty('sentence', expect.stringContaining(words));
    }
  });

  it('is refused with the command that is to blame, and why, and without what may be a code', () => {
    expect(judge('AT+CSQ;+CFUN=4', false)).toMatchObject({
      sentence: expect.stringMatching(/^\+CFUN=4 is not run: it turns the radio off/),
    });
    expect(judge('ATE1', false)).toMatchObject({ sentence: expect.stringMatching(/^E1 is not run:/) });
    expect(judge('AT+CPIN="4711"', true)).toMatchObject({
      sentence: expect.stringMatching(/^\+CPIN=… is not run: wrong codes are counted/),
    });
  });

  it('is known to change nothing, or that it may', () => {
    const changes = (line: string) => judge(line, true);
    expect(changes('AT+CSQ;+CREG?;+COPS=?;I')).toMatchObject({ changes: 'nothing' });
    expect(changes('AT+CSQ;+CRSM=176,28486,0,0,17')).toMatchObject({ changes: 'something' });
    expect(changes('AT+CSQ;+CMGF=1')).toMatchObject({ changes: 'reliedOn' });
    expect(changes('AT&F')).toMatchObject({ changes: 'reliedOn' });
  });
});

import { describe, expect, it } from 'vitest';
import { completeUnsolicited, judgeUnsolicited } from '../../../src/gsm/at/unsolicited.ts';
import { transcripts } from '../../transcripts/transcripts.ts';

const pdu = '0791198904100161240C911979099137640000511090718303220BC8B4421174CFD175D014';
const reportPdu = '079119890400202306400C91197909913764511090718384225110907183252200';

function event(line: string): unknown {
  const verdict = judgeUnsolicited(line);
  return verdict.kind === 'unsolicited' ? verdict.event : verdict.kind;
}

describe('an unsolicited line', () => {
  it.each<[string, unknown]>([
    ['+CMTI: "SM",7', { type: 'message-stored', storage: 'SM', index: 7 }],
    ['+CMTI: "ME",0', { type: 'message-stored', storage: 'ME', index: 0 }],
    ['+CMTI:"MT",255', { type: 'message-stored', storage: 'MT', index: 255 }],
    ['+CDSI: "SR",52', { type: 'report-stored', storage: 'SR', index: 52 }],
    ['+CDSI: "SM",0', { type: 'report-stored', storage: 'SM', index: 0 }],
    ['+CMGS: 186', { type: 'submitted', reference: 186 }],
    ['+CPIN: READY', { type: 'sim', state: 'READY' }],
    ['+CPIN: NOT INSERTED', { type: 'sim', state: 'NOT INSERTED' }],
    ['^SMMEMFULL: "SM"', { type: 'storage-full' }],
    ['+SMSFULL', { type: 'storage-full' }],
    ['+SMS FULL', { type: 'storage-full' }],
    ['*SMSFULL', { type: 'storage-full' }],
    ['+CIEV: "SMSFULL",1', { type: 'storage-full' }],
    ['+QIND: "smsfull","SM"', { type: 'storage-full' }],
    ['RING', { type: 'ring' }],
    ['+CRING: VOICE', { type: 'ring' }],
    ['RDY', { type: 'boot' }],
    ['^SYSSTART', { type: 'boot' }],
    ['*ATREADY: 1', { type: 'boot' }],
    ['START', { type: 'boot' }],
    ['+CFUN: 1', { type: 'boot' }],
    ['NORMAL POWER DOWN', { type: 'boot' }],
    ['Call Ready', { type: 'ready', text: 'Call Ready' }],
    ['SMS Ready', { type: 'ready', text: 'SMS Ready' }],
    ['PB DONE', { type: 'ready', text: 'PB DONE' }],
    ['NO CARRIER', { type: 'call-ended' }],
    ['^CEND:1,0,104', { type: 'call-ended' }],
    ['HANGUP: 1', { type: 'call-ended' }],
    ['+WIND: 6,1', { type: 'call-ended' }],
    ['VOICE CALL: END', { type: 'call-ended' }],
    ['VOICE CALL: END: 000017', { type: 'call-ended' }],
    ['MISSED_CALL: 08:15AM', { type: 'call-missed', number: undefined }],
    ['MISSED_CALL: 08:15AM +31624000000', { type: 'call-missed', number: '+31624000000' }],
    ['+CLIP: "+27820001111",145', { type: 'caller', number: '+27820001111' }],
    ['+CLIP: "+27820001111",145,,,,0', { type: 'caller', number: '+27820001111' }],
    ['+CLIP: "27820001111",145,"",,"Ann",0', { type: 'caller', number: '+27820001111' }],
    ['+CLIP: "0820001111",129', { type: 'caller', number: '0820001111' }],
    ['+CLIP: "",128,,,,1', { type: 'caller', number: undefined }],
    ['+CLIP: "",128', { type: 'caller', number: undefined }],
    ['+CLIP: "0000",129,,,,2', { type: 'caller', number: undefined }],
    // Huawei's own beat, which comes all the time and restarts nothing.
    ['^BOOT:18919971,0,0,0,20', { type: 'other' }],
    ['^RSSI:31', { type: 'other' }],
    ['+CUSD: 0,"Balance 5.00",15', { type: 'ussd', result: { status: 0, text: 'Balance 5.00', dcs: 15 } }],
    ['+CUSD: what', { type: 'other' }],
    ['+CIEV: "SMSFULL",0', { type: 'other' }],
    ['+QIND: SMS DONE', { type: 'ready', text: '+QIND: SMS DONE' }],
    ['+WIND: 16', { type: 'other' }],
    ['VOICE CALL: BEGIN', { type: 'other' }],
    ['+CMTI: "SM"', { type: 'other' }],
    ['+CMTI: garbled', { type: 'other' }],
    ['+CMGS: what', { type: 'other' }],
    ['+CREG: what', { type: 'other' }],
  ])('%s', (line, expected) => {
    expect(event(line)).toEqual(expected);
  });

  it.each([
    '+CSQ: 9,99',
    '11.126.85.00.00',
    'OK',
    '+CMGL: 0,0,,23',
    pdu,
    '',
    'READY',
    'RINGING',
    'STARTED',
    '__proto__',
  ])('%j is none', (line) => {
    expect(judgeUnsolicited(line)).toEqual({ kind: 'none' });
  });

  it('is known for each of those that modems were seen to say', () => {
    for (const { id, steps } of transcripts) {
      for (const { type, data } of steps) {
        if (type !== 'urc' || /^[0-9A-F]+$/.test(data)) continue;
        expect(judgeUnsolicited(data.trim()).kind, `${id}: ${data}`).not.toBe('none');
      }
    }
  });
});

describe('an unsolicited line with a PDU on the next', () => {
  it.each<[string, string, unknown]>([
    ['+CMT: ,29', pdu, { type: 'message', tpduLength: 29, pdu }],
    ['+CMT: "",29', pdu, { type: 'message', tpduLength: 29, pdu }],
    ['+CMT: "Ann, home",29', pdu, { type: 'message', tpduLength: 29, pdu }],
    ['+CMT: 29', pdu, { type: 'message', tpduLength: 29, pdu }],
    ['+CMT: ,29', pdu.slice(1), { type: 'message', tpduLength: 29, pdu: pdu.slice(1) }],
    ['+CDS: 25', reportPdu, { type: 'report', tpduLength: 25, pdu: reportPdu }],
    ['+CDS:25', reportPdu, { type: 'report', tpduLength: 25, pdu: reportPdu }],
    ['+CBM: 88', pdu, { type: 'other' }],
  ])('%s', (header, next, expected) => {
    const verdict = judgeUnsolicited(header);
    expect(verdict).toEqual({ kind: 'header', pending: { header } });
    if (verdict.kind === 'header') expect(completeUnsolicited(verdict.pending, next)).toEqual(expected);
  });

  it('may have it in small letters', () => {
    const verdict = completeUnsolicited({ header: '+CMT: ,29' }, pdu.toLowerCase());
    expect(verdict).toMatchObject({ type: 'message', tpduLength: 29 });
  });

  it.each(['OK', '+CMTI: "SM",3', 'Hello there', '079119', 'CAFE', ''])(
    'and %j there has none: that line is judged for itself',
    (next) => {
      expect(completeUnsolicited({ header: '+CMT: ,29' }, next)).toBeUndefined();
    },
  );
});

import { describe, expect, test } from 'vitest';
import { describeFailureCause, describeProtocol, interpretStatus } from '../../../src/gsm/pdu/index.ts';
import { describeCoding } from '../../../src/gsm/pdu/meaning.ts';

describe('TP-ST', () => {
  test.each([
    [0x00, 'delivered', true, 'received'],
    [0x01, 'delivered', false, 'cannot confirm'],
    [0x02, 'delivered', false, 'replaced'],
    [0x03, 'delivered', false, 'completed'],
    [0x1f, 'delivered', false, 'completed'],
    [0x20, 'pending', false, 'congestion'],
    [0x25, 'pending', false, 'error'],
    [0x30, 'pending', false, 'specific'],
    [0x3f, 'pending', false, 'specific'],
    [0x40, 'failed', false, 'remote procedure'],
    [0x45, 'failed', false, 'interworking'],
    [0x46, 'expired', false, 'validity period'],
    [0x49, 'failed', false, 'no such message'],
    [0x4a, 'failed', false, 'permanent'],
    [0x5f, 'failed', false, 'permanent'],
    [0x60, 'failed', false, 'given up: congestion'],
    [0x65, 'failed', false, 'given up: error'],
    [0x7f, 'failed', false, 'given up'],
    [0x80, 'failed', false, 'reserved'],
    [0xff, 'failed', false, 'reserved'],
  ])('%i is %s', (status, state, confirmed, meaning) => {
    expect(interpretStatus(status)).toMatchObject({ state, confirmed });
    expect(interpretStatus(status).meaning).toContain(meaning);
  });
});

describe('TP-FCS', () => {
  test.each([
    [0xc5, 'duplicate'],
    [0xd3, 'memory capacity'],
    [0xe0, 'application'],
    [0xfe, 'application'],
    [0xff, 'unspecified'],
    [0x12, 'reserved'],
  ])('%i', (cause, words) => expect(describeFailureCause(cause)).toContain(words));
});

describe('TP-PID', () => {
  test.each([
    [0x00, 'ordinary'],
    [0x05, 'protocol 5'],
    [0x22, 'fax group 3'],
    [0x3f, 'GSM'],
    [0x2e, 'reserved'],
    [0x40, 'type 0'],
    [0x43, 'replace short message type 3'],
    [0x48, 'device triggering'],
    [0x50, 'reserved'],
    [0x7f, 'SIM data download'],
    [0x90, 'reserved'],
    [0xc0, 'specific'],
  ])('%i', (pid, words) => expect(describeProtocol(pid)).toContain(words));
});

describe('TP-DCS', () => {
  test.each([
    [0x00, 'GSM 7-bit'],
    [0x10, 'GSM 7-bit, class 0, flash: shown at once, not stored'],
    [0x26, '8-bit data, compressed'],
    [0x48, 'UCS-2, to be deleted once read'],
    [0x0c, 'reserved, read as GSM 7-bit'],
    [0x90, 'reserved, read as GSM 7-bit'],
    [0xc8, 'GSM 7-bit, voicemail waiting indication set, discard the text'],
    [0xe1, 'UCS-2, fax waiting indication cleared, store the text'],
  ])('%i', (dcs, words) => expect(describeCoding(dcs)).toBe(words));
});

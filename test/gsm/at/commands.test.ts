import { describe, expect, it } from 'vitest';
import {
  type Command,
  chooseIndications,
  chooseStores,
  deleteMessage,
  enterPin,
  imeiBy,
  listIndications,
  listMessages,
  listStores,
  readFirmware,
  readFunctionality,
  readIccidFile,
  readIccidWays,
  readImsi,
  readIndications,
  readManufacturer,
  readMessage,
  readMessageFormat,
  readModel,
  readOperator,
  readOwnNumber,
  readPinState,
  readSignal,
  readStores,
  submitMessage,
} from '../../../src/gsm/at/commands.ts';
import { answers, answersTo, transcript } from '../../transcripts/transcripts.ts';

const linesOf = (text: readonly string[]) => text.flatMap((part) => part.split(/[\r\n]+/)).filter(Boolean);

/** What a command makes of an answer as it came, its final result and its echo not among its own lines. */
function understood<Answer>(command: Command<Answer>, lines: readonly string[]): Answer {
  const own = lines.filter((line) => line !== 'OK' && line !== command.text);
  return command.parse(command.freeText ? own : own.filter(command.accepts));
}

function answered<Answer>(command: Command<Answer>, id: string, time = 0): Answer {
  return understood(command, answersTo(transcript(id), command.text)[time] ?? []);
}

function answerOf(test: string): string[] {
  const found = answers.find(({ source }) => source.test === test);
  if (!found) throw new Error(`there is no answer ${test}`);
  return linesOf(found.lines);
}

describe('who made the modem', () => {
  it.each([
    ['wavecom-q-init', readManufacturer, 'WAVECOM MODEM'],
    ['wavecom-q-init', readModel, 'MULTIBAND  900E  1800'],
    ['huawei-e1752-init', readModel, 'E1752'],
    ['zte-mf710-init', readManufacturer, 'ZTE CORPORATION'],
    ['zte-mf180-init', readManufacturer, 'ZTE CORPORATION'],
    ['nokia-n79-init', readFirmware, 'V ICPR72_08w44.1 24-11-08 RM-348 (c) Nokia 11.049'],
    ['wavecom-q2403a', readFirmware, '641b09gg.Q2403A 1320676 061804 14:38'],
  ] as const)('%s', (id, command, expected) => {
    expect(answered(command, id)).toBe(expected);
  });

  it('is not known from an empty answer, and not told at any length', () => {
    expect(readManufacturer.parse([])).toBeUndefined();
    expect(readManufacturer.parse(['  '])).toBeUndefined();
    expect(readManufacturer.parse(['x'.repeat(5_000)])?.length).toBe(200);
  });
});

describe('the IMEI', () => {
  it.each([
    [['351234567890123'], '351234567890123'],
    [['+CGSN: "351234567890123"'], '351234567890123'],
    [['IMEI: 35123456789012301'], '35123456789012301'],
    [['8944200053671052499'], undefined],
    [['+CGSN: 35123456789012'], '35123456789012'],
    [['serial 12345'], undefined],
    [[], undefined],
  ])('in %j', (lines, expected) => {
    expect(imeiBy('AT+GSN').parse(lines)).toBe(expected);
  });
});

it.each([
  [['001010123456789'], '001010123456789'],
  [['+CIMI: 001010123456789'], '001010123456789'],
  [[], undefined],
])('the IMSI in %j', (lines, expected) => {
  expect(readImsi.parse(lines)).toBe(expected);
});

describe('the PIN', () => {
  it.each([
    ['+CPIN: READY', 'READY'],
    ['+CPIN: SIM PIN', 'SIM PIN'],
    ['+CPIN:SIM PUK', 'SIM PUK'],
    ['+CPIN: "SIM PIN2"', 'SIM PIN2'],
    ['+CPIN: NOT INSERTED', 'NOT INSERTED'],
  ])('state in %s', (line, expected) => {
    expect(understood(readPinState, [line])).toBe(expected);
  });

  it('is entered in quotes', () => {
    expect(enterPin('0042').text).toBe('AT+CPIN="0042"');
  });
});

describe('the ICCID', () => {
  it.each([
    ['+CCID: "8944200053671052499"', '8944200053671052499'],
    ['^ICCID: 98231420326409614067', '98231420326409614067'],
    ['+QCCID: 89860025128306012474F', '89860025128306012474F'],
    ['8944200053671052499f', '8944200053671052499f'],
    ['+CCID: ""', undefined],
    ['982314203264096', undefined],
    ['98231420326pl9614067', undefined],
  ])('as it stands in %s', (line, expected) => {
    for (const way of readIccidWays) expect(understood(way, [line])).toBe(expected);
  });

  it('is asked for in every way that makers offer, the standard one first', () => {
    expect(readIccidWays.map(({ text }) => text)).toEqual([
      'AT+CCID',
      'AT^ICCID?',
      'AT+ICCID',
      'AT+QCCID',
      'AT#CCID',
      'AT+CICCID',
      'AT!ICCID?',
      'AT^SCID',
    ]);
  });

  it.each([
    ['+CRSM: 144,0,"98942400356701254099"', '89494200537610520499'],
    ['+CRSM: 144,0,989424003567012540F9', '8949420053761052049F'],
    ['+CRSM: 105,130,""', undefined],
    ['+CRSM: 144,0', undefined],
  ])('read out of the file: %s', (line, expected) => {
    expect(understood(readIccidFile, [line])).toBe(expected);
  });
});

describe('the number that a SIM says it has', () => {
  it.each([
    ['test_cnum_response_generic', '1234567890'],
    ['test_cnum_response_generic_without_detail', '1234567890'],
    ['test_cnum_response_generic_detail_unquoted', '1234567890'],
    ['test_cnum_response_generic_international_number', '+34600000001'],
    ['test_cnum_response_generic_multiple_numbers', '+34600000001'],
  ])('%s', (test, expected) => {
    expect(understood(readOwnNumber, answerOf(test))).toBe(expected);
  });

  it.each([
    [['+CNUM: "","34600000001",145'], '+34600000001'],
    [['+CNUM: "","002B00340039003100350031",145'], '+49151'],
    [['+CNUM: "","",129'], undefined],
    [['+CNUM: "","voicemail",129'], undefined],
    [[], undefined],
  ])('in %j', (lines, expected) => {
    expect(understood(readOwnNumber, lines)).toBe(expected);
  });
});

describe('the network', () => {
  it.each([
    ['+COPS: 0,0,"Postern Test Network",7', { name: 'Postern Test Network', accessTechnology: 7 }],
    ['+COPS: 0,0,"A, B",0', { name: 'A, B', accessTechnology: 0 }],
    ['+COPS: 1,2,"00101"', { name: '00101', accessTechnology: undefined }],
    ['+COPS: 0', undefined],
    ['+COPS: 0,0,"0054002D004D006F00620069006C0065",2', { name: 'T-Mobile', accessTechnology: 2 }],
    ['+COPS: 0,0,"4e2d56fd79fb52a80000",7', { name: '中国移动', accessTechnology: 7 }],
    ['+COPS: 0,0,"\u00c3\u0096BB 100%",7', { name: 'ÖBB 100%', accessTechnology: 7 }],
    ['+COPS: 0,0,"\u00d6BB",7', { name: 'ÖBB', accessTechnology: 7 }],
    ['+COPS: 0,0,"DEADBEEF",7', { name: 'DEADBEEF', accessTechnology: 7 }],
    ['+COPS: 0,0,"BEEF",7', { name: 'BEEF', accessTechnology: 7 }],
    ['+COPS: 0,2,"00260033",7', { name: '00260033', accessTechnology: 7 }],
    ['+COPS: 0,0,"",2', undefined],
  ])('operator in %s', (line, expected) => {
    expect(understood(readOperator, [line])).toEqual(expected);
  });

  it.each([
    ['+CSQ: 0,99', -113],
    ['+CSQ: 9,99', -95],
    ['+CSQ: 18,99', -77],
    ['+CSQ: 31,0', -51],
    ['+CSQ: 99,99', undefined],
    ['+CSQ: 100,99', -116],
    ['+CSQ: 191,99', -25],
    ['+CSQ: 199,99', undefined],
    ['+CSQ: 32,99', undefined],
    ['+CSQ: ,', undefined],
  ])('signal in %s', (line, expected) => {
    expect(understood(readSignal, [line])).toBe(expected);
  });

  it.each([
    ['+CFUN: 1', 1],
    ['+CFUN: 4', 4],
    ['+CFUN: 1,0', 1],
    // Answered with what it would list to AT+CFUN=?.
    ['+CFUN: (0-1,4-7),(0-1)', undefined],
  ])('functionality in %s', (line, expected) => {
    expect(understood(readFunctionality, [line])).toBe(expected);
  });
});

describe('the stores', () => {
  it.each([
    ['wavecom-q-init', [['SM', 'BM', 'SR'], ['SM']]],
    [
      'huawei-k3715-init',
      [
        ['ME', 'MT', 'SM', 'SR'],
        ['ME', 'MT', 'SM', 'SR'],
        ['ME', 'MT', 'SM', 'SR'],
      ],
    ],
    [
      'mc35i-init',
      [
        ['MT', 'SM', 'ME'],
        ['MT', 'SM', 'ME'],
        ['MT', 'SM'],
      ],
    ],
  ])('offered by %s', (id, expected) => {
    expect(answered(listStores, id)).toEqual(expected);
  });

  it.each([
    [
      'test_cpms_response_cinterion',
      [
        ['ME', 'MT'],
        ['ME', 'SM', 'MT'],
        ['SM', 'MT'],
      ],
    ],
    ['test_cpms_response_huawei_mu609', [['ME'], ['MT'], ['SM']]],
    ['test_cpms_response_nokia_c6', [[], [], []]],
    ['test_cpms_response_mixed', [['ME', 'MT'], ['ME'], ['SM']]],
    ['test_cpms_response_mixed_spaces', [['ME', 'MT'], ['ME'], ['SM']]],
    ['test_cpms_response_empty_fields', [[], [], []]],
  ])('offered in %s', (test, expected) => {
    expect(understood(listStores, answerOf(test))).toEqual(expected);
  });

  it.each([
    [
      'mc75i-init',
      [
        { storage: 'ME', used: 0, total: 25 },
        { storage: 'ME', used: 0, total: 25 },
        { storage: 'SM', used: 0, total: 20 },
      ],
    ],
    [
      'he910-cpms',
      [
        { storage: 'ME', used: 0, total: 100 },
        { storage: 'ME', used: 0, total: 100 },
        { storage: 'ME', used: 0, total: 100 },
      ],
    ],
  ])('as %s fills them', (id, expected) => {
    expect(answered(readStores, id)).toEqual(expected);
  });

  it('chosen by name', () => {
    expect(chooseStores(['ME', 'ME', 'SM']).text).toBe('AT+CPMS="ME","ME","SM"');
    expect(chooseStores(['SM']).text).toBe('AT+CPMS="SM"');
  });
});

describe('the indications', () => {
  const values = (lists: readonly ReadonlySet<number>[]) => lists.map((list) => [...list]);

  it.each([
    [
      'sim800l-cnmi',
      [
        [0, 1, 2, 3],
        [0, 1, 2, 3],
        [0, 2],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'huawei-cdsi-in-command',
      [
        [0, 1, 2],
        [0, 1, 2, 3],
        [0, 2],
        [0, 1, 2],
        [0, 1],
      ],
    ],
    ['mc35i-init', [[0, 1, 2, 3], [0, 1], [0, 2, 3], [0, 2], [1]]],
  ])('offered by %s', (id, expected) => {
    expect(values(answered(listIndications, id))).toEqual(expected);
  });

  it('set and read back', () => {
    expect(chooseIndications([2, 1, 0, 1, 0]).text).toBe('AT+CNMI=2,1,0,1,0');
    expect(answered(readIndications, 'sim800l-cnmi')).toEqual(['2', '1', '0', '0', '0']);
    expect(understood(readMessageFormat, ['+CMGF: 0'])).toBe(0);
    expect(understood(readMessageFormat, ['+CMGF: what'])).toBeUndefined();
  });
});

const twentyNine = '0791198904100161240C911979099137640000511090718303220BC8B4421174CFD175D014';

describe('a text in a store', () => {
  it('is read with its length and state', () => {
    const lines = answersTo(transcript('generic-cds-flow'), 'AT+CMGR=7')[0] ?? [];
    expect(understood(readMessage(7), lines)).toEqual({ index: 7, stat: 0, tpduLength: 29, pdu: twentyNine });
  });

  it('may have no state, as reports do', () => {
    const lines = answersTo(transcript('dwm156-cdsi-sr'), 'AT+CMGR=52')[0] ?? [];
    const pdu = '0693050056F9F6064B0B913366504789F551211020840040512110207465400000';
    expect(understood(readMessage(52), lines)).toEqual({ index: 52, stat: undefined, tpduLength: 26, pdu });
  });

  it('may have a name of the phone book', () => {
    const found = understood(readMessage(1), answerOf('test_cmgr_response_telit'));
    expect(found).toMatchObject({ index: 1, stat: 0, tpduLength: 50 });
    expect(found?.pdu).toMatch(/^07916163838428F9/);
  });

  it('may come in one line with its PDU', () => {
    const found = understood(readMessage(1), answerOf('test_cmgr_response_generic'));
    expect(found).toMatchObject({ index: 1, stat: 1, tpduLength: 147 });
    expect(found?.pdu).toMatch(/^07914306073011F004058122/);
  });

  it('may have its state in words, though it is a PDU', () => {
    const lines = ['+CMGR: "STO UNSENT",,29', twentyNine, 'OK'];
    expect(understood(readMessage(7), lines)).toEqual({ index: 7, stat: 2, tpduLength: 29, pdu: twentyNine });
  });

  it.each([
    ['nothing but OK', ['OK']],
    ['an empty header', ['+CMGR: 0,,0', 'OK']],
    ['a header alone', ['+CMGR: 0,,29', 'OK']],
    ['a header and words', ['+CMGR: "REC UNREAD","+316",,"26/06/08"', 'Hello', 'OK']],
    ['a header of text mode and digits', ['+CMGR: "REC UNREAD","+316",,"26/06/08"', '12345678', 'OK']],
  ])('is not there where the modem answers %s', (_, lines) => {
    expect(understood(readMessage(0), lines)).toBeUndefined();
  });

  it.each([0, 7, 255])('at place %i is asked for and deleted by that place alone', (index) => {
    expect(readMessage(index).text).toBe(`AT+CMGR=${index}`);
    expect(deleteMessage(index).text).toBe(`AT+CMGD=${index}`);
  });
});

describe('the list of a store', () => {
  it.each([
    ['test_cmgl_response_generic', [[0, 1, 147]]],
    [
      'test_cmgl_response_generic_multiple',
      [
        [0, 1, 147],
        [1, 1, 147],
        [2, 1, 147],
      ],
    ],
    ['test_cmgl_response_pantech', [[17, 3, 35]]],
    [
      'test_cmgl_response_pantech_multiple',
      [
        [17, 3, 35],
        [15, 3, 35],
        [13, 3, 35],
        [11, 3, 35],
      ],
    ],
  ])('%s', (test, expected) => {
    const found = understood(listMessages, answerOf(test));
    expect(found.map(({ index, stat, tpduLength }) => [index, stat, tpduLength])).toEqual(expected);
    for (const { pdu } of found) expect(pdu).toMatch(/^0791[0-9A-F]{30,}$/);
  });

  it.each(['huawei-e1752-cmgl', 'huawei-e1752-pin-cmms'])('of %s', (id) => {
    const [found] = answered(listMessages, id);
    expect(found).toMatchObject({ index: 0, stat: 0, tpduLength: 23 });
  });

  it('in small letters is the same', () => {
    const [found] = understood(listMessages, ['+CMGL: 1,0,,29', twentyNine.toLowerCase(), 'OK']);
    expect(found?.pdu).toBe(twentyNine);
  });

  it('loses only the entry that is garbled', () => {
    const lines = [
      '+CMGL: 1,0,,29',
      twentyNine,
      '+CMGL: x',
      '+CMGL: 3,0,,29',
      '+CMGL: 4,0,,29',
      twentyNine,
      'OK',
    ];
    expect(understood(listMessages, lines).map(({ index, pdu }) => [index, pdu])).toEqual([
      [1, twentyNine],
      [3, ''],
      [4, twentyNine],
    ]);
  });

  it('takes a line of hexadecimal digits for its own, and no other', () => {
    expect(listMessages.accepts(twentyNine)).toBe(true);
    expect(listMessages.accepts('+CMTI: "SM",3')).toBe(false);
    expect(listMessages.accepts('^RSSI:19')).toBe(false);
  });
});

describe('handing a PDU over', () => {
  const limits = { promptTimeoutMs: 10_000, resultTimeoutMs: 120_000 };
  const command = submitMessage(twentyNine, 29, limits);

  it('names its octets without those of the service centre', () => {
    expect(command.text).toBe('AT+CMGS=29');
    expect(command.payload).toEqual({ text: twentyNine, promptTimeoutMs: 10_000 });
    expect(command.timeoutMs).toBe(120_000);
  });

  it.each([
    ['+CMGS: 64', 64],
    ['+CMGS:0', 0],
    ['+CMGS: 7,"0001"', 7],
    ['+CMGS: ', undefined],
  ])('gets the reference in %s', (line, expected) => {
    expect(understood(command, [line])).toBe(expected);
  });
});

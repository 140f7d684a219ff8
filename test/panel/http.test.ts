import { describe, expect, test } from 'vitest';
import { one } from '../../src/contract/envelope.ts';
import * as contract from '../../src/contract/modem-actions.ts';
import { generic, immediate } from '../../src/emulator/index.ts';
import { huaweiE173 } from '../../src/emulator/profiles/huawei-e173.ts';
import { silentLog } from '../../src/log.ts';
import { AtLog } from '../../src/modem/at-log/at-log.ts';
import { ModemPanel } from '../../src/panel/modem-panel.ts';
import { ModemStore } from '../../src/store/modem-store.ts';
import { modem as modemView, startApi } from '../api/running-api.ts';
import { ManualClock } from '../manual-clock.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';
import { ours, PanelBench, port } from './panel-bench.ts';

const balance = 'Your balance is 12.34 EUR.\nValid until 2027-06-30.';
const friend = '+15557654321';
const puk = '12345678';

describe('POST /v1/modems/{id}/at', () => {
  test('runs a command and answers with what the modem said', async () => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/at', { command: 'AT+CSQ' });
    expect(answer.status).toBe(200);
    expect(one(contract.atAnswer).parse(answer.json)).toEqual(answer.json);
    expect(answer.json.data).toEqual({
      lines: [expect.stringMatching(/^\+CSQ: /)],
      result: 'OK',
      ok: true,
      elapsed_ms: 0,
      prompted: false,
    });
  });

  test('tells of a refusal of the modem as an answer', async () => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/at', { command: 'AT+NOSUCH' });
    expect(answer.status).toBe(200);
    expect(answer.json.data).toMatchObject({ ok: false, result: expect.stringContaining('ERROR') });
  });

  test('ends after the time given, with no result', async () => {
    const bench = await PanelBench.open();
    bench.modem.faults.hang = true;
    const answer = await bench.post('/at', { command: 'AT+COPS=?', timeout_seconds: 3 });
    expect(answer.json.data).toMatchObject({ result: null, ok: false, elapsed_ms: 3_000 });
  });

  test('refuses what would disturb, says why, and that it can be forced', async () => {
    const bench = await PanelBench.open();
    const refused = await bench.post('/at', { command: 'AT+CSQ;+CMGD=1,4' });
    expect([refused.status, refused.json.error.code]).toEqual([422, 'COMMAND_REFUSED']);
    expect(refused.json.error.message).toMatch(/^\+CMGD=1,4 is not run: Postern itself/);
    expect(refused.json.error.details).toHaveProperty('force');
    expect((await bench.post('/at', { command: 'AT+CMGD=1,4', force: true })).status).toBe(200);
  });

  test('refuses for good what would harm, forced or not', async () => {
    const bench = await PanelBench.open();
    const refused = await bench.post('/at', { command: 'AT+EGMR=1,7,"490154203237518"', force: true });
    expect(refused.json.error.code).toBe('COMMAND_REFUSED');
    expect(refused.json.error.details).not.toHaveProperty('force');
  });

  test.each([
    [{ command: 'AT\r\nAT+CFUN=4' }, 'command', 'a carriage return (U+000D) at place 3'],
    [{ command: 'CSQ' }, 'command', 'begins with AT'],
    [{}, 'command', 'is required'],
    [{ command: 'AT', timeout_seconds: 181 }, 'timeout_seconds', 'must be at most 180'],
    [{ command: 'AT', forced: true }, 'forced', 'is not a field of this request'],
  ])('%j is a validation error that names the field', async (body, field, words) => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/at', body);
    expect([answer.status, answer.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.json.error.details[field]).toContain(words);
  });
});

describe('POST /v1/modems/{id}/ussd', () => {
  test('answers with the words of the network', async () => {
    const bench = await PanelBench.open({ profile: immediate(huaweiE173) });
    const answer = await bench.post('/ussd', { code: '*100#' });
    expect(answer.status).toBe(200);
    expect(one(contract.ussdAnswer).parse(answer.json)).toEqual(answer.json);
    expect(answer.json.data).toEqual({ state: 'done', text: balance });
  });

  test('goes through a menu, and ends one', async () => {
    const bench = await PanelBench.open();
    expect((await bench.post('/ussd', { code: '*101#' })).json.data.state).toBe('question');
    const busy = await bench.post('/ussd', { code: '*100#' });
    expect([busy.status, busy.json.error.code]).toEqual([409, 'MODEM_UNAVAILABLE']);
    expect((await bench.post('/ussd', { answer: '2' })).json.data.text).toBe('See AT+CNUM.');
    await bench.post('/ussd', { code: '*101#' });
    expect((await bench.post('/ussd', { cancel: true })).json.data).toEqual({ state: 'cancelled', text: '' });
    expect((await bench.post('/ussd', { answer: '1' })).json.error.code).toBe('MODEM_UNAVAILABLE');
  });

  test('says so when the network does not know the code, or does not answer', async () => {
    const bench = await PanelBench.open({}, { network: { latencyMs: 31_000 } });
    const silent = await bench.post('/ussd', { code: '*100#' });
    expect([silent.status, silent.json.error.code]).toEqual([502, 'MODEM_FAILED']);
    expect(silent.json.error.message).toContain('did not answer *100# within 30 seconds');
    const other = await PanelBench.open();
    const unknown = await other.post('/ussd', { code: '*999#' });
    expect([unknown.status, unknown.json.error.code]).toEqual([502, 'MODEM_FAILED']);
  });

  test.each([
    [{}, 'give it, or answer, or cancel'],
    [{ code: '*100#', answer: '1' }, 'only one of them'],
    [{ code: '' }, 'must not be empty'],
    [{ code: 'баланс' }, 'cannot be sent by USSD'],
  ])('%j is a validation error', async (body, words) => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/ussd', body);
    expect([answer.status, answer.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.json.error.details.code).toContain(words);
  });
});

describe('PATCH /v1/modems/{id}', () => {
  test('sets how codes are written for it, until it is forgotten', async () => {
    const bench = await PanelBench.open({ profile: immediate(huaweiE173) });
    const changed = await bench.patch({ ussd_way: 'packed' });
    expect([changed.status, changed.json.data.ussd_way]).toEqual([200, 'packed']);
    expect((await bench.post('/ussd', { code: '*100#' })).json.data.text).toBe(balance);
    expect(bench.table.commands().at(-1)).toBe('AT+CUSD=1,"AA180C3602",15');
    expect((await bench.patch({})).json.data.ussd_way).toBe('packed');
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    await bench.remove();
    bench.table.plug(port, bench.modem);
    bench.table.serve(port, { number: ours });
    await bench.table.reaches(port, 'ready');
    expect(bench.view.ussd_way).toBe('automatic');
  });

  test.each([
    [{ ussd_way: 'morse' }, 'ussd_way', 'must be one of automatic, plain, packed, ucs2'],
    [{ baud: 9600 }, 'baud', 'is not a field of this request'],
  ])('%j is a validation error that names the field', async (body, field, words) => {
    const bench = await PanelBench.open();
    const answer = await bench.patch(body);
    expect([answer.status, answer.json.error.code]).toEqual([422, 'VALIDATION_ERROR']);
    expect(answer.json.error.details[field]).toContain(words);
  });

  test('needs the scope admin', async () => {
    const bench = await PanelBench.open();
    expect((await bench.patch({ ussd_way: 'plain' }, bench.asCustomer)).status).toBe(403);
  });
});

describe('POST /v1/modems/{id}/pin', () => {
  test('enters the PIN that a locked SIM waits for', async () => {
    const bench = await PanelBench.open({ sim: { pin: '4711' } }, {}, 'locked');
    const wrong = await bench.post('/pin', { action: 'enter', pin: '0000' });
    expect([wrong.status, wrong.json.error.code]).toEqual([409, 'PIN_REFUSED']);
    expect(wrong.json.error.message).toContain('2 tries left');
    expect((await bench.post('/pin', { action: 'enter', pin: '4711' })).status).toBe(200);
    await bench.table.reaches(port, 'ready');
  });

  test('unblocks, changes and switches the query', async () => {
    const bench = await PanelBench.open({ sim: { pin: '4711', puk }, pin: '4711' });
    const lock = bench.modem.sim?.lock;
    expect((await bench.post('/pin', { action: 'change', pin: '4711', new_pin: '1357' })).status).toBe(200);
    expect((await bench.post('/pin', { action: 'query', on: false, pin: '1357' })).status).toBe(200);
    expect(lock?.enabled).toBe(false);
    expect((await bench.post('/pin', { action: 'query', on: true, pin: '1357' })).status).toBe(200);
    const early = await bench.post('/pin', { action: 'unblock', puk, new_pin: '2468' });
    expect(early.json.error).toMatchObject({ code: 'PIN_REFUSED', message: expect.stringContaining('PUK') });
  });

  test.each([
    [{ action: 'enter', pin: '12' }, 'pin', 'must be 4 to 8 digits'],
    [{ action: 'unblock', puk: '123', new_pin: '1234' }, 'puk', 'must be 8 digits'],
    [{ action: 'guess', pin: '1234' }, 'action', 'must be one of enter, unblock, change, query'],
    [{ action: 'query', pin: '1234' }, 'on', 'is required'],
  ])('%j is a validation error', async (body, field, words) => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/pin', body);
    expect(answer.json.error).toMatchObject({ code: 'VALIDATION_ERROR', details: { [field]: words } });
    expect(answer.text).not.toMatch(/1234/);
  });
});

describe('POST /v1/modems/{id}/reset', () => {
  test('restarts the modem, which is back by itself', async () => {
    const bench = await PanelBench.open();
    bench.table.commands();
    const answer = await bench.post('/reset');
    expect(answer.status).toBe(200);
    expect(answer.json.data.id).toBe(bench.view.id);
    expect(bench.table.commands()).toContain('AT+CFUN=1,1');
    await bench.table.reaches(port, 'ready');
  });
});

describe('POST /v1/modems/{id}/disable and /enable', () => {
  test('lets the modem go at once, for other programs, until it is enabled', async () => {
    const bench = await PanelBench.open();
    const answer = await bench.post('/disable');
    expect([answer.status, answer.json.data.state]).toEqual([200, 'disabled']);
    expect(answer.json.data.problem).toMatchObject({ code: 'port_released' });
    bench.table.hold(port)(); // nobody has the port
    bench.table.commands();
    await bench.clock.advance(3_600_000);
    expect([bench.view.state, bench.table.commands()]).toEqual(['disabled', []]);
    const refused = await bench.post('/at', { command: 'AT' });
    expect(refused.json.error).toMatchObject({
      code: 'MODEM_UNAVAILABLE',
      message: expect.stringContaining('disabled'),
    });
    expect((await bench.post('/enable')).json.data.state).not.toBe('disabled');
    await bench.table.reaches(port, 'ready');
  });

  test('is remembered over a restart, by the modem and not by its port', async () => {
    const bench = await PanelBench.open();
    await bench.post('/disable');
    await bench.table.fleet.stop();
    bench.table.restart();
    bench.table.commands();
    bench.table.unplug(port);
    bench.table.plug('/dev/ttyUSB5', bench.modem);
    bench.table.serve('/dev/ttyUSB5', { number: ours });
    await bench.table.reaches('/dev/ttyUSB5', 'disabled');
    bench.table.hold('/dev/ttyUSB5')();
    expect(bench.table.commands().filter((line) => /CNMI|CPMS/.test(line))).toEqual([]);
    bench.table.station(port, { imei: '490154203237518', sim: { number: '+15550002222' } });
    await bench.table.reaches(port, 'ready');
  });

  test('waits for the text in hand', async () => {
    const bench = await PanelBench.open({}, { network: { latencyMs: 2_000 } });
    const sending = bench.table.send(port, friend);
    await bench.clock.advance(500);
    expect((await bench.post('/disable')).json.data.state).toBe('disabled');
    expect((await sending).kind).toBe('accepted');
  });

  test('disables a modem that is not plugged in, too', async () => {
    const bench = await PanelBench.open();
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    expect((await bench.post('/disable')).json.data.state).toBe('disabled');
    bench.table.plug(port, bench.modem);
    await bench.clock.advance(60_000);
    expect(bench.view.state).toBe('disabled');
    await bench.post('/enable');
    await bench.table.reaches(port, 'ready');
  });

  test('keeps no port from another modem that is plugged in there, where the system says that the first is gone', async () => {
    const bench = await PanelBench.open();
    await bench.post('/disable');
    bench.table.hold(port)(); // nobody has the port
    bench.table.unplug(port);
    bench.table.fleet.portGone(port);
    const other = bench.table.modem({ imei: '490154203237518', sim: { number: '+15550002222' } });
    bench.table.plug(port, other);
    expect(await bench.table.reaches(port, 'ready')).toMatchObject({ imei: '490154203237518' });
  });

  test('done twice changes nothing', async () => {
    const bench = await PanelBench.open();
    for (const action of ['/enable', '/disable', '/disable']) {
      expect((await bench.post(action)).status).toBe(200);
    }
    expect(bench.view.state).toBe('disabled');
  });
});

describe('DELETE /v1/modems/{id}', () => {
  test('forgets a modem that is gone, and only such a one', async () => {
    const bench = await PanelBench.open();
    const refused = await bench.remove();
    expect([refused.status, refused.json.error.code]).toEqual([409, 'IN_USE']);
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    expect((await bench.remove()).json.data).toMatchObject({ state: 'absent' });
    expect(bench.table.fleet.members).toEqual([]);
  });
});

describe('GET /v1/modems/{id}/at-log', () => {
  const logOf = async (bench: PanelBench, query = '', headers = {}) => {
    const answer = await bench.get(`/at-log?limit=2000&${query}`, headers);
    expect(one(contract.atLog).parse(answer.json)).toEqual(answer.json);
    return answer;
  };

  test('shows what passed, and what passes on from there', async () => {
    const bench = await PanelBench.open();
    const first = (await logOf(bench)).json.data;
    expect(first.modem_id).toBe(bench.view.id);
    expect(first.lines[0]).toMatchObject({ direction: 'port', text: 'opened', port });
    expect(first.lines.map(({ text }: { text: string }) => text)).toContain('AT+CGSN');
    await bench.post('/at', { command: 'AT+CSQ;+CCLK?' });
    const next = (await logOf(bench, `after=${first.last_seq}`)).json.data;
    expect(next.lines[0]).toMatchObject({ direction: 'out', text: 'AT+CSQ;+CCLK?' });
    expect(next.last_seq).toBe(next.lines.at(-1).seq);
    const rest = (await logOf(bench, `after=${next.last_seq + 1_000_000}`)).json.data;
    expect(rest).toMatchObject({ lines: [], last_seq: next.last_seq + 1_000_000 });
  });

  test('holds no PIN and no text, whoever asks; texts only for an administrator who wants them', async () => {
    const bench = await PanelBench.open({ sim: { pin: '4711' } }, {}, 'locked');
    await bench.post('/pin', { action: 'enter', pin: '4711' });
    await bench.table.reaches(port, 'ready');
    await bench.table.send(port, friend, 'secret words go out');
    bench.table.network.deliver({ from: friend, to: ours, text: 'secret words come in' });
    await bench.clock.advance(5_000);
    await bench.post('/ussd', { code: '*100#' });
    const out = bench.table.commands().find((line) => line.endsWith('\x1a')) ?? '';
    const body = out.slice(-20, -1);
    for (const headers of [{}, bench.asCustomer]) {
      const { text } = await logOf(bench, 'bodies=false', headers);
      expect(text).not.toContain('4711');
      expect(text).not.toContain(body);
      expect(text).not.toMatch(/12\.34|[0-9A-F]{24}/);
      expect(text).toContain('characters]');
    }
    const shown = (await logOf(bench, 'bodies=true')).text;
    expect(shown).not.toContain('4711');
    expect(shown).toContain(body);
    expect(shown).toContain('12.34');
    const refused = await bench.get('/at-log?bodies=true', bench.asCustomer);
    expect([refused.status, refused.json.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('waits for the next lines where there are none yet, and gives up in time', async () => {
    const bench = await PanelBench.open();
    const { last_seq: last } = (await logOf(bench)).json.data;
    const following = logOf(bench, `after=${last}&wait_seconds=20`);
    await bench.clock.advance(1_000);
    await bench.post('/at', { command: 'AT+CCLK?' });
    const { lines } = (await following).json.data;
    expect(lines[0]).toMatchObject({ direction: 'out', text: 'AT+CCLK?' });
    const asked = bench.clock.monotonic();
    const never = await logOf(bench, `after=${last + 1_000_000}&wait_seconds=5`);
    expect(never.json.data.lines).toEqual([]);
    expect(bench.clock.monotonic() - asked).toBeGreaterThanOrEqual(5_000);
  });

  test('is still there when the modem is not', async () => {
    const bench = await PanelBench.open();
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    const { lines } = (await logOf(bench)).json.data;
    expect(lines.at(-1)).toMatchObject({ direction: 'port', text: expect.stringMatching(/^lost: /) });
  });

  test.each(['limit=0', 'limit=2001', 'after=x', 'bodies=yes', 'wait_seconds=26'])(
    '%s is a validation error',
    async (query) => {
      const bench = await PanelBench.open();
      const answer = await bench.get(`/at-log?${query}`);
      expect(answer.json.error.code).toBe('VALIDATION_ERROR');
      expect(Object.keys(answer.json.error.details)).toEqual([query.split('=')[0]]);
    },
  );
});

test('a device that is no modem yet is known, and says what keeps it from serving', async () => {
  const problem = { code: 'port_forbidden', message: 'You may not open /dev/ttyUSB3.' } as const;
  const device = { ...modemView, id: '/dev/ttyUSB3', problem };
  const modems = { find: () => undefined, modems: () => [device] };
  const clock = new ManualClock();
  const store = new ModemStore(temporaryDatabase());
  const ports = { named: [], remove: async () => {} };
  const ussd = { setUssdWay: () => {} };
  const panel = new ModemPanel({
    clock,
    log: silentLog,
    atLog: new AtLog(clock),
    modems,
    store,
    ussd,
    ports,
  });
  const api = await startApi({ panel });
  const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
  const answer = await api.ask('/v1/modems/%2Fdev%2FttyUSB3/reset', { method: 'POST', headers });
  expect([answer.status, answer.json.error]).toEqual([
    409,
    { code: 'MODEM_UNAVAILABLE', message: problem.message },
  ]);
});

const actions = [
  ['/at', { command: 'AT' }],
  ['/ussd', { code: '*100#' }],
  ['/pin', { action: 'enter', pin: '1234' }],
  ['/reset', undefined],
] as const;

describe.each(actions)('POST /v1/modems/{id}%s', (path, body) => {
  test('needs the scope admin', async () => {
    const bench = await PanelBench.open();
    const answer = await bench.post(path, body, bench.asCustomer);
    expect([answer.status, answer.json.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  test('says so when the modem is away', async () => {
    const bench = await PanelBench.open();
    bench.table.unplug(port);
    await bench.table.reaches(port, 'absent');
    const answer = await bench.post(path, body);
    expect([answer.status, answer.json.error.code]).toEqual([409, 'MODEM_UNAVAILABLE']);
    expect(answer.json.error.message).toBe('The modem is not plugged in.');
  });

  test('of a modem that there is not is 404', async () => {
    const api = await startApi();
    const headers = { authorization: `Bearer ${api.newKey(['admin'])}` };
    for (const id of ['1', '%2Fdev%2FttyUSB9', '%00']) {
      const answer = await api.ask(`/v1/modems/${id}${path}`, {
        method: 'POST',
        headers,
        ...(body && { body }),
      });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'MODEM_NOT_FOUND']);
    }
  });
});

test('a modem is asked by its port while nobody knows its IMEI', async () => {
  const profile = { ...immediate(generic), lacks: [...generic.lacks, '+CGSN', '+GSN', 'I'] };
  const bench = await PanelBench.open({ profile });
  expect(bench.view.id).toBe(port);
  expect((await bench.post('/at', { command: 'AT+CGMM' })).status).toBe(200);
  expect((await bench.get('/at-log?limit=1')).json.data.lines).toHaveLength(1);
});

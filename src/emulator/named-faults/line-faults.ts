import { code, milliseconds, type NamedFault, seconds, times } from './named-fault.ts';

/** Lines such as modems say by themselves; they mean nothing to a text under way. */
const chatter = ['^RSSI:19', '+CIEV: 2,4', '^HCSQ:"LTE",50,45,120,20'];

/** What is wrong with the line, and with every answer on it. */
export const lineFaults: readonly NamedFault[] = [
  {
    word: 'hang',
    amounts: [seconds(60)],
    tells: 'takes what is typed and says nothing',
    strike: ({ suffers }, length) => suffers({ hang: true }, length),
  },
  {
    word: 'hang-until-opened',
    amounts: [],
    tells: 'says nothing until a host opens the port anew (within one process) or the power is cut',
    strike: ({ suffers }) => suffers({ hang: true, hangEndsWith: 'opening' }, 0),
  },
  {
    word: 'hang-until-unplugged',
    amounts: [],
    tells: 'says nothing until its power is cut',
    strike: ({ suffers }) => suffers({ hang: true, hangEndsWith: 'power' }, 0),
  },
  {
    word: 'hang-port',
    amounts: [seconds(60)],
    tells: 'says nothing at its main port, while its second AT port goes on',
    strike: ({ suffers }, length) => suffers({ hungPorts: [0] }, length),
  },
  {
    word: 'fragments',
    amounts: [{ name: 'octets', usual: 3, least: 1, most: 1_000 }, seconds(60)],
    tells: 'lets its answers trickle out in pieces of at most so many octets',
    strike: ({ suffers }, longest, length) => suffers({ fragments: { longest, gapMs: 2 } }, length),
  },
  {
    word: 'noise',
    amounts: [seconds(60)],
    tells: 'puts octets that mean nothing before all it says',
    strike: ({ suffers }, length) => suffers({ noise: '\x00\xff~\xe9\r\n' }, length),
  },
  {
    word: 'garble',
    amounts: [seconds(60)],
    tells: 'hears and speaks as at a wrong baud rate',
    strike: ({ suffers }, length) => suffers({ garbled: true }, length),
  },
  {
    word: 'swallow',
    amounts: [times],
    tells: 'does not hear the next command lines',
    strike: ({ suffers }, count) => suffers({ ignoreNextCommands: count }, 0),
  },
  {
    word: 'slow',
    amounts: [milliseconds(1_500), seconds(60)],
    tells: 'answers each command so much later',
    strike: ({ suffers }, answerDelayMs, length) => suffers({ answerDelayMs }, length),
  },
  {
    word: 'truncate',
    amounts: [times],
    tells: 'breaks its next answers off in the middle',
    strike: ({ suffers }, count) => suffers({ truncateNextAnswers: count }, 0),
  },
  {
    word: 'pin-without-ok',
    amounts: [seconds(60)],
    tells: 'answers AT+CPIN? without an OK',
    strike: ({ suffers }, length) => suffers({ pinWithoutOk: true }, length),
  },
  {
    word: 'storm',
    amounts: [seconds(60)],
    tells: 'says unsolicited lines all the time and everywhere: inside answers, around prompts, before PDUs',
    strike: ({ modem, suffers, later }, length) => {
      const everywhere = { insideAnswers: chatter, beforePrompt: chatter, afterPrompt: chatter };
      suffers({ ...everywhere, beforePdus: chatter, unsolicitedAtPrompt: true }, length);
      const storm = modem.storm([...chatter, '+CREG: 1'], 250);
      later(length, () => storm.stop());
    },
  },
  {
    word: 'cme-error',
    amounts: [code(100), times],
    tells: 'refuses the next commands, whatever they are, with this +CME ERROR',
    strike: ({ modem: { faults } }, number, count) => {
      const result = { kind: 'cme', code: number } as const;
      faults.refusals = [...faults.refusals, { command: '*', result, times: count, at: 'command' }];
    },
  },
];

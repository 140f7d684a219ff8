import { code, type NamedFault, seconds, times } from './named-fault.ts';

/** What goes wrong with texts and reports that arrive. */
export const arrivalFaults: readonly NamedFault[] = [
  {
    word: 'full',
    amounts: [seconds(60)],
    tells: 'finds no room for any text that arrives',
    strike: ({ modem, suffers, later }, length) => {
      suffers({ storageFull: true }, length);
      later(length, () => modem.messages.freed());
    },
  },
  {
    word: 'wrong-length',
    amounts: [seconds(60)],
    tells: 'shows every PDU under a length that is one too much',
    strike: ({ suffers }, length) => suffers({ lengthError: 1 }, length),
  },
  {
    word: 'notice-twice',
    amounts: [seconds(60)],
    tells: 'tells of each arrival twice',
    strike: ({ suffers }, length) => suffers({ noticesTwice: true }, length),
  },
  {
    word: 'notice-empty',
    amounts: [],
    tells: 'tells of a text at a place that is empty',
    strike: ({ modem }) => {
      const name = modem.settings.storages[2];
      modem.unsolicited(`+CMTI: "${name}",${modem.messages.store(name).indices.to}`);
    },
  },
  {
    word: 'lose-notice',
    amounts: [times],
    tells: 'does not tell of the next arrivals',
    strike: ({ suffers }, count) => suffers({ loseNextNotices: count }, 0),
  },
  {
    word: 'keep-deleted',
    amounts: [times],
    tells: 'answers OK to the next deletions and deletes nothing',
    strike: ({ suffers }, count) => suffers({ keepNextDeleted: count }, 0),
  },
  {
    word: 'delete-error',
    amounts: [code(320), times],
    tells: 'refuses the next deletions with this +CMS ERROR',
    strike: ({ modem: { faults } }, number, count) => {
      const result = { kind: 'cms', code: number } as const;
      faults.refusals = [...faults.refusals, { command: '+CMGD', result, times: count }];
    },
  },
];

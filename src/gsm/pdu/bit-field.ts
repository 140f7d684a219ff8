import type { Kind } from './decoded-pdu.ts';

/** Some bits of an octet and what each of their values means. */
export interface BitField {
  readonly field: string;
  readonly high: number;
  readonly low: number;
  readonly meanings: readonly string[];
}

function flag(field: string, bit: number, clear: string, set: string): BitField {
  return { field, high: bit, low: bit, meanings: [clear, set] };
}

function messageType(name: string): BitField {
  return { field: 'mti', high: 1, low: 0, meanings: [name, name, name, name] };
}

const moreMessages = flag(
  'moreMessages',
  2,
  'more messages wait in the service centre',
  'no more messages wait',
);
const loopPrevention = flag('loopPrevention', 3, 'not forwarded', 'forwarded, or made by the network');
const header = flag('udhi', 6, 'no user data header', 'the user data begins with a header');
const replyPath = flag('replyPath', 7, 'no reply path', 'a reply may go by the same service centre');
const reportWanted = flag('srr', 5, 'no status report wanted', 'a status report is wanted');

/** The parts of the first octet of each type (TS 23.040, 9.2.2), from the highest bit down. */
export const firstOctetFields: Readonly<Record<Kind, readonly BitField[]>> = {
  deliver: [
    replyPath,
    header,
    flag('sri', 5, 'the sender gets no report', 'the sender will get a report'),
    loopPrevention,
    moreMessages,
    messageType('SMS-DELIVER'),
  ],
  submit: [
    replyPath,
    header,
    reportWanted,
    {
      field: 'vpf',
      high: 4,
      low: 3,
      meanings: [
        'no validity period',
        'enhanced validity period',
        'relative validity period',
        'absolute validity period',
      ],
    },
    flag('rejectDuplicates', 2, 'accept duplicates', 'refuse a duplicate still waiting'),
    messageType('SMS-SUBMIT'),
  ],
  'status-report': [
    header,
    flag('srq', 5, 'about an SMS-SUBMIT', 'about an SMS-COMMAND'),
    loopPrevention,
    moreMessages,
    messageType('SMS-STATUS-REPORT'),
  ],
  command: [header, reportWanted, messageType('SMS-COMMAND')],
  'deliver-report': [header, messageType('SMS-DELIVER-REPORT')],
  'submit-report': [header, messageType('SMS-SUBMIT-REPORT')],
  reserved: [messageType('reserved type')],
};

const types = [
  'unknown',
  'international',
  'national',
  'network specific',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'reserved',
];

const plans: Readonly<Record<number, string>> = {
  0: 'unknown plan',
  1: 'telephone (E.164)',
  3: 'data (X.121)',
  4: 'telex',
  5: 'specific to the service centre',
  6: 'specific to the service centre',
  8: 'national plan',
  9: 'private plan',
  10: 'ERMES',
};

/** The parts of a type-of-address octet (TS 23.040, 9.1.2.5). */
export function typeOfAddressFields(address: string): readonly BitField[] {
  return [
    flag(`${address}.extension`, 7, 'extended', 'not extended'),
    { field: `${address}.ton`, high: 6, low: 4, meanings: types },
    {
      field: `${address}.npi`,
      high: 3,
      low: 0,
      meanings: Array.from({ length: 16 }, (_, npi) => plans[npi] ?? 'reserved plan'),
    },
  ];
}

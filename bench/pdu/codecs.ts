import { createRequire } from 'node:module';
import { decodePdu, encodeMessage } from '../../src/gsm/pdu/index.ts';

export type Alphabet = 'gsm7' | 'ucs2';

/** A library doing the work of a gateway: a text to the PDUs that carry it, incoming PDUs to their text; hex both ways. */
export interface Codec {
  readonly encode: (text: string, alphabet: Alphabet) => readonly string[];
  readonly decode: (pdus: readonly string[]) => string;
}

const recipient = '4915112345678';

const ours: Codec = {
  encode: (text) => encodeMessage({ to: `+${recipient}`, text, ref: 42 }).segments.map(({ pdu }) => pdu),
  decode: (pdus) => {
    let text = '';
    for (const pdu of pdus) {
      const decoded = decodePdu(pdu, { direction: 'MT', hasSmsc: true });
      if (decoded.kind === 'deliver') text += decoded.text ?? '';
    }
    return text;
  },
};

/** What of `node-pdu` is used here. */
interface NodePdu {
  readonly Submit: new (to: string, text: string) => { getPartStrings(): string[] };
  readonly parse: (pdu: string) => { data: { getText(): string } };
}

function nodePdu({ Submit, parse }: NodePdu): Codec {
  return {
    encode: (text) => new Submit(`+${recipient}`, text).getPartStrings(),
    decode: (pdus) => {
      let text = '';
      for (const pdu of pdus) text += parse(pdu).data.getText();
      return text;
    },
  };
}

/** What of `pdu.ts` is used here. It is told the alphabet, and the number without its plus. */
interface PduTs {
  readonly PDUParser: {
    Generate(message: object): { readonly smsc_tpdu: string }[];
    Parse(pdu: string): { text: string };
  };
}

const encodings = { gsm7: '7bit', ucs2: '16bit' };

function pduTs({ PDUParser }: PduTs): Codec {
  return {
    encode: (text, alphabet) => {
      const to = { receiver: recipient, receiver_type: 0x91, request_status: false };
      return PDUParser.Generate({ ...to, text, encoding: encodings[alphabet] }).map(
        ({ smsc_tpdu }) => smsc_tpdu,
      );
    },
    decode: (pdus) => {
      let text = '';
      for (const pdu of pdus) text += PDUParser.Parse(pdu).text;
      return text;
    },
  };
}

const require = createRequire(import.meta.url);

/** Each library by its name on npm. */
export const codecs: Readonly<Record<string, () => Codec>> = {
  postern: () => ours,
  'node-pdu': () => nodePdu(require('node-pdu') as NodePdu),
  'pdu.ts': () => pduTs(require('pdu.ts') as PduTs),
};

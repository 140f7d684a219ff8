import { MessageStorage } from '../equipment/message-storage.ts';
import { luhnDigit } from './luhn.ts';
import { PinLock } from './pin-lock.ts';

/** The operator a SIM is at home with. */
export interface Operator {
  readonly long: string;
  readonly short: string;
  /** Mobile country and network code, five or six digits. */
  readonly numeric: string;
}

/** The test network of 3GPP TS 23.003: no real operator has it. */
export const testOperator: Operator = { long: 'Postern Test Network', short: 'Postern', numeric: '00101' };

export interface SimOptions {
  /** The subscriber's number, international form: `+15550001111`. */
  readonly number: string;
  /** 19 or 20 digits; made from the number when not given. */
  readonly iccid?: string;
  readonly imsi?: string;
  /** Present when the card asks for a PIN. */
  readonly pin?: string;
  readonly puk?: string;
  /** Service centre address; an empty one makes sending fail with 330. */
  readonly smsc?: string;
  readonly operator?: Operator;
  /** Places for texts on the card. */
  readonly capacity?: number;
  /** Whether the card tells its own number to AT+CNUM; many do not. */
  readonly tellsNumber?: boolean;
}

export interface PhoneBookEntry {
  readonly number: string;
  readonly type: number;
  readonly text: string;
}

/** A SIM card: everything on it goes along when it is put into another modem. */
export class EmulatedSim {
  readonly number: string;
  readonly iccid: string;
  readonly imsi: string;
  readonly operator: Operator;
  readonly lock: PinLock;
  /** EF_SMS. */
  readonly messages: MessageStorage;
  /** EF_ADN, by place from 1. */
  readonly phoneBook = new Map<number, PhoneBookEntry>();
  /** EF_MSISDN. */
  readonly ownNumbers: readonly string[];
  /** TS-Service Centre Address of EF_SMSP. */
  smsc: string;
  /** Last used TP-MR, EF_SMSS. */
  #lastReference: number;

  constructor(options: SimOptions, lastReference = 255) {
    const digits = options.number.replace(/\D/g, '');
    this.number = options.number;
    this.operator = options.operator ?? testOperator;
    this.iccid = options.iccid ?? madeUpIccid(digits);
    this.imsi =
      options.imsi ??
      this.operator.numeric + digits.slice(-10).padStart(15 - this.operator.numeric.length, '0');
    this.lock = new PinLock(options.pin, options.puk ?? '12345678');
    this.messages = new MessageStorage(options.capacity ?? 50);
    this.ownNumbers = options.tellsNumber === false ? [] : [options.number];
    this.smsc = options.smsc ?? '+15550000000';
    this.#lastReference = lastReference;
  }

  get lastReference(): number {
    return this.#lastReference;
  }

  /** The TP-MR of the next text handed to the network; counts to 255 and starts again (23.040 9.2.3.6). */
  takeReference(): number {
    this.#lastReference = (this.#lastReference + 1) % 256;
    return this.#lastReference;
  }
}

/** 89 telecom, 001 country, then the number's last digits and a check digit (ITU-T E.118). */
function madeUpIccid(digits: string): string {
  const account = `89001${digits.slice(-13).padStart(13, '0')}`;
  return account + luhnDigit(account);
}

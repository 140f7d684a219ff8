/** The values of command_status that are used here (SMPP 3.4, 5.1.3). */
export const commandStatus = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  invalidBindStatus: 0x04,
  alreadyBound: 0x05,
  invalidPriority: 0x06,
  invalidRegisteredDelivery: 0x07,
  systemError: 0x08,
  invalidSource: 0x0a,
  invalidDestination: 0x0b,
  invalidMessageId: 0x0c,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  cancelFailed: 0x11,
  replaceFailed: 0x13,
  messageQueueFull: 0x14,
  invalidEsmClass: 0x43,
  submitFailed: 0x45,
  invalidReplaceFlag: 0x54,
  throttled: 0x58,
  invalidSchedule: 0x61,
  invalidExpiry: 0x62,
  invalidDefaultMessage: 0x63,
  receiverPermanent: 0x65,
  receiverRefused: 0x66,
  invalidOptionalParameters: 0xc0,
  invalidTlv: 0xc4,
  /** Of SMPP 5.0: 3.4 has no word for an alphabet that is not known. */
  invalidDataCoding: 0x104,
} as const;

/** A PDU is refused with this status; the message is for the log, since the protocol has no place for words. */
export class SmppRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'SmppRefusal';
    this.status = status;
  }
}

/** The PDU codec: TS 23.040 (TPDU) and TS 23.038 (alphabets), pure functions over hex and octets. */
export { type Address, parseAddress, parseNumber } from './address.ts';
export type { AllowedLanguages, ForeignCharacter } from './alphabet-choice.ts';
export type { Command } from './command.ts';
export {
  type Alphabet,
  type DataCoding,
  dataCoding,
  type MessageClass,
  type MessageWaiting,
} from './data-coding.ts';
export { type DecodeOptions, decodePdu } from './decode.ts';
export { DecodeError, type Problem } from './decode-error.ts';
export type { DecodedPdu, Direction, Kind, Reserved, Tpdu } from './decoded-pdu.ts';
export { type Deliver, type DeliverFields, encodeDeliver } from './deliver.ts';
export { EncodeError } from './encode-error.ts';
export type { AddressInput, EncodedPdu } from './encoded-pdu.ts';
export { describeFailureCause } from './failure-cause.ts';
export type { Concatenation, InformationElement, NationalLanguage, Ports } from './information-element.ts';
export type { SegmentOptions } from './layout.ts';
export { type EncodedMessage, type EncodedSegment, encodeMessage, type MessageFields } from './message.ts';
export type { Mode } from './pdu-reader.ts';
export { describeProtocol } from './protocol-identifier.ts';
export {
  type CompleteMessage,
  type IncompleteMessage,
  type Part,
  type ReassembledMessage,
  type ReassemblyOptions,
  reassemble,
} from './reassembly.ts';
export type { DeliverReport, SubmitReport } from './report.ts';
export { type SegmentedText, segmentText } from './segment.ts';
export type { Span } from './span.ts';
export { type DeliveryState, interpretStatus, type StatusMeaning } from './status.ts';
export { encodeStatusReport, type StatusReport, type StatusReportFields } from './status-report.ts';
export { encodeSubmit, type Submit, type SubmitFields } from './submit.ts';
export { type TextStatistics, textStatistics } from './text-statistics.ts';
export { transliterate } from './transliteration.ts';
export type { ContentFields } from './user-data-composition.ts';
export { relativeMinutes, type ValidityPeriod } from './validity-period.ts';

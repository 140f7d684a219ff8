import { Command, Option } from 'commander';
import { DecodeError, type DecodeOptions, decodePdu, EncodeError, encodeMessage } from '../gsm/pdu/index.ts';
import { explanation } from './pdu-explanation.ts';
import { answerDecode, answerEncode, answerLines, given } from './pdu-requests.ts';

/** `postern pdu decode | encode | explain`: the codec by itself, for a look at a PDU and for other programs. */
export function pduCommand(): Command {
  const pdu = new Command('pdu').description('decode, encode and explain PDUs');
  pdu
    .command('decode')
    .description('decode a PDU, or with --json one request a line from standard input')
    .argument('[hex]', 'the PDU, as AT+CMGR shows it')
    .option('--json', 'read {"pdu", "hasSmsc", "direction", "mode", ...} a line, answer a line')
    .addOption(directionOption())
    .addOption(modeOption())
    .option('--smsc', 'the PDU begins with the SMSC part (told by itself if left out)')
    .option('--no-smsc', 'the PDU has no SMSC part')
    .action((hex: string | undefined, options: DecodeFlags, command: Command) => {
      if (options.json) return answerLines(answerDecode);
      print(JSON.stringify(decodeArgument(hex, options, command), undefined, 2));
      return undefined;
    });
  pdu
    .command('encode')
    .description('encode a message as SMS-SUBMIT, or with --json one request a line from standard input')
    .option('--json', 'read {"to", "text", "alphabet", "statusReport", ...} a line, answer a line')
    .option('--to <number>', 'the recipient')
    .option('--text <text>', 'the text')
    .action((options: { json?: true; to?: string; text?: string }, command: Command) => {
      if (options.json) return answerLines(answerEncode);
      printEncoded(options, command);
      return undefined;
    });
  pdu
    .command('explain')
    .description('show which octets and bits of a PDU are which field')
    .argument('<hex>', 'the PDU, as AT+CMGR shows it')
    .addOption(directionOption())
    .option('--smsc', 'the PDU begins with the SMSC part (told by itself if left out)')
    .option('--no-smsc', 'the PDU has no SMSC part')
    .action((hex: string, options: DecodeFlags, command: Command) => printExplained(hex, options, command));
  return pdu;
}

interface DecodeFlags {
  readonly json?: true;
  readonly direction?: 'MO' | 'MT';
  readonly mode?: 'strict' | 'lenient';
  readonly smsc?: boolean;
}

function directionOption(): Option {
  return new Option(
    '--direction <direction>',
    'MT to the mobile, MO from it; as in a message store if left out',
  ).choices(['MT', 'MO']);
}

function modeOption(): Option {
  return new Option('--mode <mode>', 'strict refuses what lenient only remarks on')
    .choices(['strict', 'lenient'])
    .default('lenient');
}

function decodeArgument(hex: string | undefined, flags: DecodeFlags, command: Command, spans = false) {
  if (hex === undefined) return command.error('error: give a PDU, or --json and requests on standard input');
  const { direction, mode, smsc } = flags;
  try {
    return decodePdu(hex.trim(), given({ direction, mode, hasSmsc: smsc, spans }) as DecodeOptions);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return command.error(`error: ${error.message} (${error.field}, octet ${error.offset})`);
  }
}

function printEncoded(options: { to?: string; text?: string }, command: Command): void {
  const { to, text } = options;
  if (to === undefined || text === undefined) return command.error('error: give --to and --text, or --json');
  try {
    const { segments } = encodeMessage({ to, text, ref: 0 });
    for (const { pdu, tpduLength } of segments) print(`AT+CMGS=${tpduLength}\n${pdu}`);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    command.error(`error: ${error.message}`);
  }
}

function printExplained(hex: string, flags: DecodeFlags, command: Command): void {
  for (const line of explanation(decodeArgument(hex, flags, command, true))) print(line);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

import { Command, Option } from 'commander';
import { type ModemView, type UssdWay, ussdWays } from '../../contract/modem.ts';
import { dataDirOption } from '../data-dir.ts';
import { askModem, findModem } from './find-modem.ts';

interface SetOptions {
  readonly dataDir: string;
  readonly ussdWay: UssdWay;
}

/** `postern modem <id> set`: what is kept for the modem itself, and not for its SIM. */
export function setAction(id: string): Command {
  return new Command('set')
    .description('say how codes such as *100# are written for it')
    .addOption(
      new Option(
        '--ussd-way <way>',
        'automatic finds it out; plain is as text, packed as septets in hex, ucs2 as UCS-2 in hex',
      )
        .choices(ussdWays)
        .makeOptionMandatory(),
    )
    .addOption(dataDirOption())
    .action(async ({ dataDir, ussdWay }: SetOptions) => {
      const modem = await findModem(dataDir, id);
      const { port, ussd_way: way } = (await askModem(dataDir, modem, 'PATCH', '', {
        ussd_way: ussdWay,
      })) as ModemView;
      process.stdout.write(`Codes for the modem at ${port} are written: ${way}.\n`);
    });
}

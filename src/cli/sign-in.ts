import { Command } from 'commander';
import type { Role, SignInLink } from '../contract/session.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway, gatewayUrl } from './local-gateway.ts';
import { roleOption } from './password.ts';

/** `postern sign-in`: a one-time link that signs one browser in to the gateway that is running. */
export function signInCommand(): Command {
  return new Command('sign-in')
    .description('print a link that signs one browser in to the gateway that is running')
    .addOption(roleOption())
    .addOption(dataDirOption())
    .action(async ({ role, dataDir }: { role: Role; dataDir: string }) => {
      const link = (await askGateway(dataDir, 'POST', '/v1/session/links', { role })) as SignInLink;
      process.stdout.write(`${gatewayUrl(dataDir)}${link.path}\n`);
    });
}

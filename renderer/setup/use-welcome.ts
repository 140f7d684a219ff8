import type { ModemView } from '../../src/contract/modem.ts';
import { type Act, useAct } from '../api/act.ts';
import { change } from '../api/client.ts';

/** Says that somebody has looked at a modem that is new here, by its id. */
export function useWelcome(): Act<string, ModemView> {
  return useAct<string, ModemView>({
    run: (id) => change('POST', `/v1/modems/${encodeURIComponent(id)}/welcome`),
  });
}

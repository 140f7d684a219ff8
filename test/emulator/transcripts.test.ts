import { describe, expect, it } from 'vitest';
import { immediate, profiles } from '../../src/emulator/index.ts';
import { type Step, transcript } from '../transcripts/transcripts.ts';
import { type Bench, framed, ownNumber, setUp } from './bench.ts';

interface Replay {
  readonly id: string;
  readonly profile: string;
  /** What was the case when it was recorded. */
  readonly before?: (bench: Bench) => void;
  /** Commands whose answers tell of that one modem, its model or what lay on its card. */
  readonly except?: readonly string[];
}

const pdu = '07913366003051F5040B913366304381F900005180719120348004D4F29C0E';

const replays: readonly Replay[] = [
  { id: 'wavecom-q-init', profile: 'wavecom', except: ['AT+CGMR', 'AT+WIND?', 'AT+CPMS="SM","SM"'] },
  { id: 'wavecom-q2403a', profile: 'wavecom' },
  { id: 'huawei-k3715-init', profile: 'huawei-e173', except: ['AT+CGMM', 'AT+CGMR', 'AT+WIND?'] },
  { id: 'huawei-e1752-init', profile: 'huawei-e173', except: ['AT+CGMM', 'AT+CGMR'] },
  { id: 'huawei-e173-connect', profile: 'huawei-e173' },
  {
    id: 'huawei-e1752-cmgl',
    profile: 'huawei-e173',
    before: ({ modem, network }) => {
      modem.equipment.radio.signal = 9;
      network.deliver({ from: '+1', to: ownNumber, pdus: [pdu] });
    },
  },
  { id: 'huawei-k3765-smstools', profile: 'huawei-e173', except: ['AT+CSQ'] },
  { id: 'zte-mf180-init', profile: 'zte-mf180' },
  { id: 'zte-mf190a-init', profile: 'zte-mf180' },
  { id: 'zte-k3565z-init', profile: 'zte-mf180', except: ['AT+CGMI', 'AT+CGMM', 'AT+CGMR', 'AT+CVHU=0'] },
  { id: 'sim800c-init', profile: 'sim800' },
  { id: 'sim800l-cnmi', profile: 'sim800' },
  { id: 'sim7600-csq-fmt', profile: 'sim7600' },
  { id: 'he910-cpms', profile: 'telit-he910' },
  { id: 'he910-id', profile: 'telit-he910' },
  { id: 'he910-report', profile: 'telit-he910' },
  { id: 'mc75i-init', profile: 'cinterion-mc75i', except: ['AT+CPMS?'] },
  { id: 'ec25-cdsi-wrong-store', profile: 'quectel-ec25', except: ['AT+CNMI=2,1,0,2,0'] },
  { id: 'generic-cds-flow', profile: 'generic', except: ['AT+CPMS="SM"', 'AT+CMGR=7', 'AT+CMGS=61'] },
];

interface Exchange {
  readonly typed: string;
  readonly answer: string;
}

/** What the host wrote and all that answered it, in the octets of the recording or framed as V.250 5.7.1 does. */
function exchanges(steps: readonly Step[], exact: boolean): Exchange[] {
  const isAnswer = ({ type, data }: Step) => type === 'response' && (exact || !data.endsWith('\r'));
  return steps
    .flatMap((step, place): Exchange[] => {
      if (step.dir === 'rx') return [];
      const next = steps.findIndex((other, at) => at > place && other.dir === 'tx');
      const came = steps.slice(place + 1, next < 0 ? undefined : next).filter(isAnswer);
      const answer = came.map(({ data }) => (exact ? data : framed(data))).join('');
      return [{ typed: step.data.endsWith('\r') ? step.data : `${step.data}\r`, answer }];
    })
    .filter(({ answer }) => answer !== '');
}

describe('a recorded dialogue', () => {
  it.each(replays)('$id is what a $profile says', ({ id, profile, before, except = [] }) => {
    const { steps, framing, echo } = transcript(id);
    const found = profiles[profile];
    if (!found) throw new Error(`There is no profile ${profile}.`);
    const bench = setUp({ profile: immediate(found) });
    bench.host.type(`ATE${echo ? 1 : 0}\r`);
    before?.(bench);
    bench.host.take();
    const replayed = exchanges(steps, framing === 'exact').filter(
      ({ typed }) => !except.includes(typed.slice(0, -1)),
    );
    expect(replayed.length).toBeGreaterThan(0);
    for (const { typed, answer } of replayed) {
      const said = bench.host.type(typed);
      expect(echo ? said : said.replace(typed, ''), typed).toBe(answer);
    }
  });
});

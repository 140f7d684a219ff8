import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ModemView } from '../../src/contract/modem.ts';
import { useAct, useMay } from '../api/act.ts';
import { change } from '../api/client.ts';
import { goTo } from '../shell/route.ts';
import { NumberEntry } from '../sim/number-entry.tsx';
import { PinEntry } from '../sim/pin-entry.tsx';
import { text } from '../texts/text.ts';
import { modemName } from './modem-words.ts';
import { GiveAccess } from './give-access.tsx';
import styles from './problem-list.module.css';
import type { ProblemTool } from './problems.ts';

interface ProblemRemedyProps {
  readonly tool: ProblemTool;
  readonly modem: ModemView;
}

/** The control that sees to a problem, in its own line. Whoever only looks sees the way to the signal alone. */
export function ProblemRemedy({ tool, modem }: ProblemRemedyProps) {
  const may = useMay('admin');
  if (!may && tool !== 'signal') return null;
  if (tool === 'access' && !window.postern?.giveAccess) return null;
  return <div className={styles.tool}>{remedies[tool](modem)}</div>;
}

const remedies: Readonly<Record<ProblemTool, (modem: ModemView) => ReactNode>> = {
  pin: (modem) => <PinEntry modem={modem} />,
  number: (modem) => <NumberEntry modem={modem} />,
  enable: (modem) => <Enable modem={modem} />,
  access: () => <GiveAccess />,
  settings: ({ id }) => (
    <Button onClick={() => goTo({ screen: 'modem', id, tab: 'settings' })}>
      {text('problem_tool.settings')}
    </Button>
  ),
  signal: ({ id }) => (
    <Button onClick={() => goTo({ screen: 'modem', id, tab: 'health' })}>
      {text('problem_tool.signal')}
    </Button>
  ),
};

function Enable({ modem }: { readonly modem: ModemView }) {
  const enable = useAct({
    run: () => change('POST', `/v1/modems/${encodeURIComponent(modem.id)}/enable`),
    done: () => text('modem.enable_done', { name: modemName(modem) }),
  });
  return (
    <Button loading={enable.isPending} onClick={() => enable.mutate()}>
      {text('modem.enable')}
    </Button>
  );
}

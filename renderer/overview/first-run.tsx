import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../api/act.ts';
import { setupQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { goTo } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import styles from './first-run.module.css';

/** While no administrator has a password yet: the way to the wizard. */
export function FirstRun() {
  const { data: setup } = useQuery(setupQuery);
  const may = useMay('admin');
  if (!may || !setup?.first_run) return null;
  return (
    <Card title={text('setup.title')}>
      <div className={styles.row}>
        <p>{text('setup.what')}</p>
        <Button variant="filled" onClick={() => goTo({ screen: 'setup' })}>
          {text('setup.begin')}
        </Button>
      </div>
    </Card>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../api/act.ts';
import { setupQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import page from '../elements/page.module.css';
import { goTo } from '../shell/route.ts';
import { text } from '../texts/text.ts';

/** While no administrator has a password yet: the way to the wizard. */
export function FirstRun() {
  const { data: setup } = useQuery(setupQuery);
  const may = useMay('admin');
  if (!may || !setup?.first_run) return null;
  return (
    <Card title={text('setup.title')}>
      <div className={page.form}>
        <p className={page.soft}>{text('setup.what')}</p>
        <div className={page.actions}>
          <Button variant="filled" onClick={() => goTo({ screen: 'setup' })}>
            {text('setup.begin')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

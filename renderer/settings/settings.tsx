import { useQuery } from '@tanstack/react-query';
import { Settings as SettingsIcon } from 'lucide-react';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { useMay } from '../api/act.ts';
import { settingsQuery } from '../api/office-queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { type Route, type SettingsTab, settingsTabs } from '../shell/route.ts';
import { Tabs } from '../shell/tabs.tsx';
import { text } from '../texts/text.ts';
import { Access } from './access.tsx';
import { Audit } from './audit.tsx';
import { Backups } from './backups.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { MailForm, RetentionForm } from './forms.tsx';
import { GatewayForm } from './gateway-form.tsx';
import { Network } from './network.tsx';
import { NumberLists } from './number-lists.tsx';

const tabs = settingsTabs.map((tab) => ({
  title: text(`settings_tab.${tab}`),
  to: { screen: 'settings', tab } as const,
}));

/** What is set for the whole gateway, who may come in, and who changed what. */
export function Settings({ route }: { readonly route: Extract<Route, { screen: 'settings' }> }) {
  const may = useMay('admin');
  const { data: settings, error, refetch } = useQuery({ ...settingsQuery, enabled: may });
  if (!may) {
    return (
      <Notice icon={SettingsIcon} title={text('role.reader_title')}>
        <p>{text('role.reader_what')}</p>
      </Notice>
    );
  }
  return (
    <>
      <Tabs label={text('settings.parts')} tabs={tabs} drawn={route} />
      <div className={page.page}>
        {!settings && !error && <LogSkeleton />}
        {!settings && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {settings && <Tab tab={route.tab} settings={settings} />}
      </div>
    </>
  );
}

function Tab({ tab, settings }: { readonly tab: SettingsTab; readonly settings: GatewaySettings }) {
  switch (tab) {
    case 'gateway':
      return <GatewayForm settings={settings} />;
    case 'network':
      return <Network />;
    case 'backup':
      return <Backups settings={settings} />;
    case 'diagnostics':
      return <Diagnostics />;
    case 'retention':
      return <RetentionForm settings={settings} />;
    case 'lists':
      return <NumberLists settings={settings} />;
    case 'email':
      return <MailForm settings={settings} />;
    case 'access':
      return <Access />;
    case 'audit':
      return <Audit />;
  }
}

import { useQuery } from '@tanstack/react-query';
import { Settings as SettingsIcon } from 'lucide-react';
import type { GatewaySettings } from '../../src/contract/settings.ts';
import { useMay } from '../api/act.ts';
import { settingsQuery } from '../api/office-queries.ts';
import { LoadError } from '../elements/load-error.tsx';
import { Notice } from '../elements/notice.tsx';
import page from '../elements/page.module.css';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { type Route, type SettingsTab, settingsTabs, useAsked } from '../shell/route.ts';
import { RouteLink } from '../shell/route-link.tsx';
import { text } from '../texts/text.ts';
import { Access } from './access.tsx';
import { Audit } from './audit.tsx';
import { Backups } from './backups.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { MailForm, RetentionForm } from './forms.tsx';
import { GatewayForm } from './gateway-form.tsx';
import { Network } from './network.tsx';
import { NumberLists } from './number-lists.tsx';

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
      <Tabs drawn={route.tab} />
      <div className={page.page}>
        {!settings && !error && <LogSkeleton />}
        {!settings && error && <LoadError error={error} onRetry={() => void refetch()} />}
        {settings && <Tab tab={route.tab} settings={settings} />}
      </div>
    </>
  );
}

const tabOf = (route: Route) => (route.screen === 'settings' ? route.tab : undefined);

function Tabs({ drawn }: { readonly drawn: SettingsTab }) {
  const open = useAsked(tabOf) ?? drawn;
  return (
    <nav className={page.tabs} aria-label={text('settings.parts')}>
      {settingsTabs.map((tab) => (
        <RouteLink
          key={tab}
          to={{ screen: 'settings', tab }}
          aria-current={tab === open ? 'page' : undefined}
        >
          {text(`settings_tab.${tab}`)}
        </RouteLink>
      ))}
    </nav>
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

import { useQuery } from '@tanstack/react-query';
import type { NetworkView } from '../../src/contract/network.ts';
import { networkQuery } from '../api/upkeep-queries.ts';
import { Card } from '../elements/card.tsx';
import { Facts } from '../elements/facts.tsx';
import { LoadError } from '../elements/load-error.tsx';
import page from '../elements/page.module.css';
import { LogSkeleton } from '../messages/log-skeleton.tsx';
import { text } from '../texts/text.ts';
import { NetworkFields } from './network-fields.tsx';
import { RestartButton } from './restart-button.tsx';

/** Where the gateway listens, for browsers, programs and SMPP clients. */
export function Network() {
  const { data: network, error, refetch } = useQuery(networkQuery);
  if (!network) return error ? <LoadError error={error} onRetry={() => void refetch()} /> : <LogSkeleton />;
  return (
    <>
      {network.restart_needed && <RestartCard network={network} />}
      <NetworkFields
        title={text('network.reach')}
        what={text('network.reach_what')}
        network={network}
        done={text('network.saved')}
        fields={[
          { name: 'host', label: 'network.host', kind: 'host' },
          { name: 'port', label: 'network.port', kind: 'number' },
          { name: 'allow_hosts', label: 'network.names', what: 'network.names_what', kind: 'words' },
          { name: 'https', label: 'network.https', what: 'network.https_what', kind: 'check' },
        ]}
      />
      <NetworkFields
        title={text('network.smpp')}
        what={text('network.smpp_what')}
        network={network}
        done={text('form.saved')}
        fields={[
          { name: 'smpp_port', label: 'network.port', what: 'network.smpp_port_what', kind: 'number' },
          { name: 'smpp_host', label: 'network.host', kind: 'host' },
          {
            name: 'smpp_any_sender',
            label: 'network.any_sender',
            what: 'network.any_sender_what',
            kind: 'check',
          },
        ]}
      />
      {network.certificate_sha256 && (
        <Card title={text('network.certificate')}>
          <Facts
            facts={[{ name: text('network.fingerprint'), value: <code>{network.certificate_sha256}</code> }]}
          />
        </Card>
      )}
    </>
  );
}

/** What was changed holds only after a start, and the pages may then be elsewhere. */
function RestartCard({ network }: { readonly network: NetworkView }) {
  const address = addressAfter(network);
  return (
    <Card title={text('restart.needed')}>
      <div className={page.form}>
        <p>{text(network.can_restart ? 'restart.what' : 'restart.by_hand')}</p>
        {address !== window.location.origin && (
          <p>
            {text('restart.address')} <a href={address}>{address}</a>
          </p>
        )}
        {network.can_restart && (
          <div className={page.actions}>
            <RestartButton isWanted />
          </div>
        )}
      </div>
    </Card>
  );
}

/** Where the pages are after the next start, seen from this browser. */
function addressAfter({ https, port }: NetworkView): string {
  const { hostname } = window.location;
  const isSame = https.value === https.running && port.value === port.running;
  return isSame ? window.location.origin : `http${https.value ? 's' : ''}://${hostname}:${port.value}`;
}

import type { GatewaySettings } from '../../src/contract/settings.ts';
import { text } from '../texts/text.ts';
import { MailListening, MailServer } from './mail-server.tsx';
import { SettingsForm } from './settings-form.tsx';

interface FormProps {
  readonly settings: GatewaySettings;
}

/** How long messages are kept. */
export function RetentionForm({ settings }: FormProps) {
  return (
    <SettingsForm
      title={text('settings_tab.retention')}
      what={text('retention.what')}
      settings={settings}
      fields={[
        { name: 'keep_inbound_days', label: 'retention.inbound_days', kind: 'number' },
        { name: 'keep_outbound_days', label: 'retention.outbound_days', kind: 'number' },
        { name: 'keep_inbound_count', label: 'retention.inbound_count', kind: 'number' },
        { name: 'keep_outbound_count', label: 'retention.outbound_count', kind: 'number' },
        { name: 'redact_inbound_days', label: 'retention.inbound_redact', kind: 'number' },
        { name: 'redact_outbound_days', label: 'retention.outbound_redact', kind: 'number' },
      ]}
    />
  );
}

/** Texts by e-mail, both ways. */
export function MailForm({ settings }: FormProps) {
  return (
    <>
      <MailListening />
      <SettingsForm
        title={text('mail.in')}
        what={text('mail.in_what')}
        settings={settings}
        fields={[
          { name: 'mail_senders', label: 'mail.senders', what: 'mail.senders_what', kind: 'words' },
          { name: 'mail_number', label: 'mail.number', what: 'mail.number_what', kind: 'text' },
          { name: 'mail_longest', label: 'mail.longest', kind: 'number' },
          {
            name: 'mail_long',
            label: 'mail.long',
            kind: 'choice',
            choices: [
              ['refuse', 'mail.refuse'],
              ['cut', 'mail.cut'],
            ],
          },
          {
            name: 'mail_subject',
            label: 'mail.subject',
            kind: 'choice',
            choices: [
              ['ignore', 'mail.ignore'],
              ['prepend', 'mail.prepend'],
            ],
          },
        ]}
      />
      <SettingsForm
        title={text('mail.out')}
        what={text('mail.out_what')}
        settings={settings}
        fields={[
          { name: 'mail_forward_to', label: 'mail.forward_to', what: 'mail.forward_to_what', kind: 'words' },
          { name: 'mail_forward_from', label: 'mail.forward_from', kind: 'text' },
          { name: 'mail_server_host', label: 'mail.host', kind: 'text' },
          { name: 'mail_server_port', label: 'mail.port', kind: 'number' },
          {
            name: 'mail_server_security',
            label: 'mail.security',
            kind: 'choice',
            choices: [
              ['starttls', 'mail.starttls'],
              ['tls', 'mail.tls'],
              ['none', 'mail.none'],
            ],
          },
          { name: 'mail_server_user', label: 'mail.user', kind: 'text' },
        ]}
      />
      <MailServer settings={settings} />
    </>
  );
}

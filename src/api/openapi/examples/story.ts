import type { UnmatchedReport } from '../../../contract/report.ts';
import type { Story } from '../../../contract/story.ts';
import { messageExample } from './message.ts';

export const storyExample: Story = {
  message_id: messageExample.message_id,
  origin: { kind: 'key', name: 'Till', idempotency_key: 'order-2041', batch: null },
  modem: { id: '356938035643809', manufacturer: 'Huawei', model: 'E173', forgotten: false },
  waits: null,
  events: [
    { at: '2026-06-08T13:30:06Z', entry: 'accepted', part: null, detail: null },
    { at: '2026-06-08T13:30:07Z', entry: 'submitting', part: 1, detail: '/dev/ttyUSB2' },
    { at: '2026-06-08T13:30:08Z', entry: 'segment_accepted', part: 1, detail: 'reference 41' },
  ],
  parts: [
    {
      part: 1,
      state: 'accepted',
      reference: 41,
      report_status: null,
      submitted_at: '2026-06-08T13:30:07Z',
      accepted_at: '2026-06-08T13:30:08Z',
      reported_at: null,
      attempts: [
        {
          attempt: 1,
          modem_id: '356938035643809',
          port: '/dev/ttyUSB2',
          submitted_at: '2026-06-08T13:30:07Z',
          ended_at: '2026-06-08T13:30:08Z',
          outcome: 'accepted',
          code: null,
          detail: null,
        },
      ],
    },
  ],
};

export const pdusExample = [
  {
    direction: 'MO',
    part: 1,
    attempt: 1,
    pdu: '0031000B814155553000F10000AD02C834',
    spans: [
      {
        field: 'smsc.length',
        start: 0,
        end: 1,
        hex: '00',
        value: '0',
        meaning: 'the service centre that the SIM has',
      },
    ],
    problems: [],
  },
];

export const unmatchedReportExample: UnmatchedReport = {
  report_id: 7,
  iccid: '8901260123456789012',
  number: '+14155552671',
  recipient: '+14155553000',
  reference: 41,
  status: 0,
  state: 'delivered',
  meaning: 'received by the recipient',
  service_centre_at: '2026-06-08T13:30:08Z',
  discharged_at: '2026-06-08T13:30:10Z',
  received_at: '2026-06-08T13:30:11Z',
  pdu: '0006290B914155553000F0',
};

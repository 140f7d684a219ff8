import { initial } from './0001-initial.ts';
import { health } from './0002-health.ts';
import { identity } from './0003-identity.ts';
import { sending } from './0004-sending.ts';
import { disabledModems } from './0005-disabled-modems.ts';
import { inboundKinds } from './0006-inbound-kinds.ts';
import { access } from './0007-access.ts';
import { care } from './0008-care.ts';
import { numberLists } from './0009-number-lists.ts';
import { smpp } from './0010-smpp.ts';
import { retention } from './0011-retention.ts';
import { mail } from './0012-mail.ts';
import { batches } from './0013-batches.ts';
import { webhooks } from './0014-webhooks.ts';
import { fewerIndexes } from './0015-fewer-indexes.ts';
import { requestOrigin } from './0016-request-origin.ts';
import { knownModems } from './0017-known-modems.ts';
import { unnamedCards } from './0018-unnamed-cards.ts';
import { messageCounts } from './0019-message-counts.ts';
import { messageSearch } from './0020-message-search.ts';
import { shortSearches } from './0021-short-searches.ts';
import { reportStores } from './0022-report-stores.ts';
import { ussdForms } from './0023-ussd-forms.ts';
import { settledStatuses } from './0024-settled-statuses.ts';
import { mailRecipients } from './0025-mail-recipients.ts';
import { mailGivenUp } from './0026-mail-given-up.ts';
import { smppDue } from './0027-smpp-due.ts';

/** Forward only: the n-th entry takes a database from version n - 1 to version n. Released entries never change. */
export const migrations: readonly string[] = [
  initial,
  health,
  identity,
  sending,
  disabledModems,
  inboundKinds,
  access,
  care,
  numberLists,
  smpp,
  retention,
  mail,
  batches,
  webhooks,
  fewerIndexes,
  requestOrigin,
  knownModems,
  unnamedCards,
  messageCounts,
  messageSearch,
  shortSearches,
  reportStores,
  ussdForms,
  settledStatuses,
  mailRecipients,
  mailGivenUp,
  smppDue,
];

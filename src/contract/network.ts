import { z } from 'zod';

const host = z
  .string()
  .trim()
  .regex(/^[\w.:-]{1,253}$/, 'must be an address such as 0.0.0.0, or a name of this machine');
const port = z.int().min(1).max(65_535);
const name = z
  .string()
  .trim()
  .regex(/^[\w.-]{1,253}$|^[\da-f:]{2,39}$/i, 'must be a name such as postern.local');

/** Where the gateway listens. What was said at its start (flag, variable, file) beats what is kept here. */
export const networkFields = {
  host,
  port,
  /** With a certificate that the gateway makes for itself. */
  https: z.boolean(),
  /** Further names that browsers and programs may call it by. */
  allow_hosts: z.array(name).max(50),
  /** SMPP clients cannot connect where there is no port. */
  smpp_port: port,
  smpp_host: host,
  /** Whether a sender that is none of the gateway's numbers stands for any of them. */
  smpp_any_sender: z.boolean(),
  /** No mail becomes a text where there is no port. */
  mail_port: port,
  mail_host: host,
  mail_domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i, 'must be a domain such as sms.local'),
};

/** What a person has set; what is not there is as it is by default. */
export const storedNetwork = z.object(networkFields).partial();
export type StoredNetwork = z.infer<typeof storedNetwork>;
export type NetworkField = keyof typeof networkFields;
export const networkFieldNames = Object.keys(networkFields) as NetworkField[];

/** These hold from the next start on; the others at once. */
export const restartFields: readonly NetworkField[] = ['host', 'port', 'https', 'allow_hosts'];

/** What `PATCH /v1/network` takes: what is named is changed, `null` takes it back to its default. */
export const networkChange = z
  .strictObject({
    host: host.nullable(),
    port: port.nullable(),
    https: networkFields.https.nullable(),
    allow_hosts: networkFields.allow_hosts.nullable(),
    smpp_port: port.nullable(),
    smpp_host: host.nullable(),
    smpp_any_sender: networkFields.smpp_any_sender.nullable(),
    mail_port: port.nullable(),
    mail_host: host.nullable(),
    mail_domain: networkFields.mail_domain.nullable(),
  })
  .partial()
  .meta({ id: 'NetworkChange' });
export type NetworkChange = z.infer<typeof networkChange>;

/** Who said it: whoever started the gateway (`flag`, `variable`, `file`), an administrator (`stored`), or nobody. */
export const settingSources = ['flag', 'variable', 'file', 'stored', 'default'] as const;

const field = <Value extends z.ZodType>(value: Value) =>
  z.object({
    /** What holds from the next start on. */
    value: value.nullable(),
    /** What holds now. */
    running: value.nullable(),
    source: z.enum(settingSources),
    /** Whether it can be changed here. */
    editable: z.boolean(),
  });

/** Where the gateway listens, as `GET /v1/network` shows it. */
export const network = z
  .object({
    host: field(z.string()),
    port: field(z.int()),
    https: field(z.boolean()),
    allow_hosts: field(z.array(z.string())),
    smpp_port: field(z.int()),
    smpp_host: field(z.string()),
    smpp_any_sender: field(z.boolean()),
    mail_port: field(z.int()),
    mail_host: field(z.string()),
    mail_domain: field(z.string()),
    /** The SHA-256 of the certificate that is shown now. */
    certificate_sha256: z.string().nullable(),
    /** Whether something was changed that holds only from the next start on. */
    restart_needed: z.boolean(),
    /** Whether `POST /v1/restart` works here. */
    can_restart: z.boolean(),
  })
  .meta({ id: 'Network' });
export type NetworkView = z.infer<typeof network>;

/** A mail is refused; `responseCode` is the reply code of SMTP (RFC 5321, 4.2.3), 4xx where it may be tried again. */
export class MailRefusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.name = 'MailRefusal';
    this.responseCode = responseCode;
  }
}

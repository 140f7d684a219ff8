/** How long a receiver may take for its answer. */
export const answerWithinMs = 10_000;

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there.',
  ECONNRESET: 'The receiver closed the connection before it answered.',
  EPIPE: 'The receiver closed the connection before it answered.',
  ENOTFOUND: 'The name of the receiver is not found.',
  EAI_AGAIN: 'The name of the receiver cannot be looked up just now.',
  EHOSTUNREACH: 'The receiver cannot be reached.',
  ENETUNREACH: 'The receiver cannot be reached.',
  ETIMEDOUT: 'The receiver does not answer.',
  CERT_HAS_EXPIRED: "The receiver's certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The receiver's certificate is signed by itself. Name it to this program with NODE_EXTRA_CA_CERTS.",
  SELF_SIGNED_CERT_IN_CHAIN:
    "The receiver's certificate is signed by an authority unknown here. Name it with NODE_EXTRA_CA_CERTS.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The receiver's certificate is signed by an authority unknown here. Name it with NODE_EXTRA_CA_CERTS.",
};

/** Why a request got no answer, in words for whoever reads the delivery log. */
export function explainFailure(error: NodeJS.ErrnoException, signal: AbortSignal): string {
  if (signal.aborted) return `No answer came within ${answerWithinMs / 1_000} seconds.`;
  const code = error.code ?? '';
  if (sentences[code]) return sentences[code];
  if (code.startsWith('HPE_')) return 'What the receiver answered is not HTTP.';
  return error.message;
}

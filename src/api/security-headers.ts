import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Only what the gateway itself serves may run or load. Styles may stand in the page, as the user interface's library
 * writes them there; scripts may not. Plain HTTP on a local network must keep working, so nothing is upgraded to
 * HTTPS.
 */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'same-origin' },
  xFrameOptions: { action: 'deny' },
  // what these two ask for browsers do only over HTTPS, and complain about elsewhere
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
});

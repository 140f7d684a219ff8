import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Logger } from '../log.ts';
import { ApiError } from './api-error.ts';
import type { ApiDependencies } from './dependencies.ts';
import { errorResponder } from './error-response.ts';
import { EventStreams } from './event-streams.ts';
import { hostCheck } from './host-check.ts';
import { literalPath } from './literal-path.ts';
import { isOpen } from './open-endpoints.ts';
import { identify, setPrincipal } from './principal.ts';
import { readQueryString } from './query-string.ts';
import { rateLimit } from './rate-limit.ts';
import { requestId } from './request-id.ts';
import { requestTimes } from './request-times.ts';
import { addAuditRoutes } from './routes/audit.ts';
import { addBackupRoutes } from './routes/backups.ts';
import { addBatchRoutes } from './routes/batches.ts';
import { addDiagnosticsRoutes } from './routes/diagnostics.ts';
import { addEmulationRoutes } from './routes/emulation.ts';
import { addErasureRoutes } from './routes/erasures.ts';
import { addEventRoutes } from './routes/events.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addImportRoutes } from './routes/import.ts';
import { addKeyRoutes } from './routes/keys.ts';
import { addLinkRoute } from './routes/link.ts';
import { addListRoutes } from './routes/lists.ts';
import { addMailRoutes } from './routes/mail.ts';
import { addMessageControlRoutes } from './routes/message-control.ts';
import { addMessageRoutes } from './routes/messages.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addModemActionRoutes } from './routes/modem-actions.ts';
import { addModemRoutes } from './routes/modems.ts';
import { addNetworkRoutes } from './routes/network.ts';
import { addNumberRoutes } from './routes/numbers.ts';
import { addPasswordRoutes } from './routes/passwords.ts';
import { addPortRoutes } from './routes/ports.ts';
import { addPreviewRoute } from './routes/preview.ts';
import { addQueueRoutes } from './routes/queue.ts';
import { addReferenceRoutes } from './routes/reference.ts';
import { addReportRoutes } from './routes/reports.ts';
import { addRestartRoute } from './routes/restart.ts';
import { addSendByAddressRoute } from './routes/send-by-address.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addSettingsRoutes } from './routes/settings.ts';
import { addSettingsFileRoutes } from './routes/settings-file.ts';
import { addSimRoutes } from './routes/sims.ts';
import { addStatsRoute } from './routes/stats.ts';
import { addWebhookRoutes } from './routes/webhooks.ts';
import { securityHeaders } from './security-headers.ts';
import { addUserInterface } from './user-interface.ts';

/**
 * The whole HTTP side: the API under `/v1`, health, and the pages.
 *
 * @param stopping when it is aborted, event streams end and new requests are refused
 */
export function createApi(dependencies: ApiDependencies, stopping: AbortSignal): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.set('query parser', readQueryString);

  app.use(
    requestId,
    securityHeaders,
    logRequests(dependencies.log),
    requestTimes(dependencies.metrics?.times),
  );
  app.use(refuseWhen(stopping), hostCheck([dependencies.host, ...dependencies.allowedHosts]), literalPath);
  addHealthRoutes(app, dependencies);
  addMetricsRoute(app, dependencies);
  const limit = rateLimit(dependencies.clock, dependencies.requestsPerMinute);
  addSendByAddressRoute(app, dependencies, limit);
  const v1 = createV1(dependencies, limit, stopping);
  app.use('/v1', v1);
  addLinkRoute(app, dependencies);
  addReferenceRoutes(
    app,
    [
      { router: v1, mount: '/v1' },
      { router: app.router, mount: '' },
    ],
    dependencies,
  );
  addUserInterface(app, dependencies.rendererDir);
  app.use(noSuchRoute);
  app.use(errorResponder(dependencies.log));
  return app;
}

function createV1(dependencies: ApiDependencies, limit: RequestHandler, stopping: AbortSignal): Router {
  const v1 = express.Router({ caseSensitive: true });
  v1.use((request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (isOpen(request)) return next();
    setPrincipal(response, identify(request, dependencies));
    return limit(request, response, next);
  });
  addBatchRoutes(v1, dependencies); // before `/sms/{message_id}`, which would take `/sms/batch` for a message
  addImportRoutes(v1, dependencies);
  addPreviewRoute(v1, dependencies); // likewise
  addMessageRoutes(v1, dependencies);
  addNumberRoutes(v1, dependencies);
  addModemRoutes(v1, dependencies);
  addModemActionRoutes(v1, dependencies, stopping);
  addEmulationRoutes(v1, dependencies);
  addPortRoutes(v1, dependencies);
  addSimRoutes(v1, dependencies);
  addMessageControlRoutes(v1, dependencies);
  addErasureRoutes(v1, dependencies);
  addListRoutes(v1, dependencies);
  addReportRoutes(v1, dependencies);
  addStatsRoute(v1, dependencies);
  addSettingsRoutes(v1, dependencies);
  addQueueRoutes(v1, dependencies);
  addBackupRoutes(v1, dependencies);
  addSettingsFileRoutes(v1, dependencies);
  addNetworkRoutes(v1, dependencies);
  addMailRoutes(v1, dependencies);
  addDiagnosticsRoutes(v1, dependencies);
  addRestartRoute(v1, dependencies);
  addEventRoutes(v1, dependencies, new EventStreams(dependencies.events, dependencies.clock, stopping));
  addWebhookRoutes(v1, dependencies);
  addSessionRoutes(v1, dependencies);
  addPasswordRoutes(v1, dependencies);
  addKeyRoutes(v1, dependencies);
  addAuditRoutes(v1, dependencies);
  v1.use(noSuchRoute);
  return v1;
}

const noSuchRoute: RequestHandler = (request) => {
  throw new ApiError('NOT_FOUND', `There is nothing at ${request.baseUrl}${request.path}.`.slice(0, 200));
};

function refuseWhen(stopping: AbortSignal): RequestHandler {
  return (_request, response, next) => {
    if (!stopping.aborted) return next();
    response.setHeader('Connection', 'close');
    throw new ApiError('NOT_READY', 'The gateway is stopping.', { headers: { 'Retry-After': '10' } });
  };
}

/** One line a request, for whoever turns the log up; the query stays out, as it can hold numbers and texts. */
function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    if (!log.isLevelEnabled('debug')) return next();
    const startedAt = performance.now();
    response.on('close', () => {
      const ms = Math.round(performance.now() - startedAt);
      const requestId = response.getHeader('X-Request-Id');
      log.debug({ method: request.method, path: request.path, status: response.statusCode, ms, requestId });
    });
    next();
  };
}

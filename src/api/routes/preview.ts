import type { IRouter, Request, Response } from 'express';
import { type Preview, type PreviewRequest, preview, previewRequest } from '../../contract/preview.ts';
import { textStatistics } from '../../gsm/pdu/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { readJson } from '../json-body.ts';
import { previewExample, previewRequestExample } from '../openapi/examples/stats.ts';
import { type Operation, one } from '../openapi/operation.ts';
import { sendOne } from '../reply.ts';
import { addResource } from '../resource.ts';
import { validate } from '../validation.ts';

type Dependencies = Pick<ApiDependencies, 'costs'>;

const operation: Operation = {
  id: 'previewMessage',
  tag: 'Messages',
  summary: 'See how a text would travel and what it would cost; nothing is sent',
  body: { schema: previewRequest, example: previewRequestExample },
  answers: [one(preview, previewExample)],
  errors: ['NUMBER_NOT_FOUND'],
};

/** `POST /sms/preview`: encoding, segments and cost of a text that is not sent. */
export function addPreviewRoute(router: IRouter, dependencies: Dependencies): void {
  addResource(router, '/sms/preview', {
    POST: {
      scope: 'sms:send',
      operation,
      handle: (request, response) => show(request, response, dependencies),
    },
  });
}

async function show(request: Request, response: Response, { costs }: Dependencies): Promise<void> {
  sendOne(response, 200, previewOf(validate(previewRequest, await readJson(request)), costs));
}

function previewOf({ body, from }: PreviewRequest, costs: Dependencies['costs']): Preview {
  const { alphabet, segments, characters, unitsPerSegment, unitsLeft, forcedBy } = textStatistics(body);
  return {
    encoding: alphabet,
    segment_count: segments,
    characters,
    units_per_segment: unitsPerSegment,
    characters_left: unitsLeft,
    forced_by: forcedBy.map(({ char, index }) => ({ character: char, index })),
    cost_usd: from === undefined ? null : costs.ahead(from, segments),
  };
}

import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { covers, type Scope } from '../../src/contract/scope.ts';
import { toast } from '../elements/toasts.tsx';
import { goTo, hrefOf, type Route, routeNow } from '../shell/route.ts';
import { text } from '../texts/text.ts';
import { ApiError } from './client.ts';
import { sessionQuery } from './queries.ts';

interface ActOptions<Input, Output> {
  readonly run: (input: Input) => Promise<Output>;
  /** What is told when it is done. */
  readonly done?: (output: Output, input: Input) => string | undefined;
  readonly after?: (output: Output, input: Input) => void;
  /** Where it leads whoever still is where it was begun; who has gone elsewhere meanwhile stays there. */
  readonly leadsTo?: (output: Output) => Route | undefined;
  /** The caller shows beside its form what went wrong, to whoever still sees that form. */
  readonly silent?: boolean;
  /** What the form calls the fields of the API. */
  readonly fields?: FieldNames;
}

/** What a form calls the fields of the API: `smpp_port`, `limits.per_day`, and without its place what is in a list. */
export type FieldNames = Readonly<Record<string, string>>;

export type Act<Input, Output> = UseMutationResult<Output, Error, Input, string>;

/** Something that a person does. All that is shown is read again after it, and what went wrong is told. */
export function useAct<Input = void, Output = unknown>(
  options: ActOptions<Input, Output>,
): Act<Input, Output> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: options.run,
    networkMode: 'always',
    onMutate: () => hrefOf(routeNow()),
    onSuccess: (output, input, begunAt) => {
      void client.invalidateQueries();
      const title = options.done?.(output, input);
      if (title) toast({ tone: 'done', title });
      options.after?.(output, input);
      const next = options.leadsTo?.(output);
      if (next && hrefOf(routeNow()) === begunAt) goTo(next);
    },
    onError: (error, _input, begunAt) => {
      if (error instanceof ApiError && error.status === 401 && error.code !== 'WRONG_PASSWORD') {
        client.setQueryData(sessionQuery.queryKey, 'signed-out');
      }
      const isSeen = options.silent && hrefOf(routeNow()) === begunAt;
      if (!isSeen) toast({ tone: 'failed', title: text('act.failed'), body: faultOf(error, options.fields) });
    },
  });
}

/** What went wrong, with the fields that are at fault where the API names them, called as the form calls them. */
export function faultOf(error: Error, names: FieldNames = {}): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 0) return unreachable(error);
  const faults = Object.entries(error.details).map(([field, fault]) => {
    const name = names[field] ?? names[field.replace(/\.\d+/g, '')];
    return name === undefined ? `${field} ${fault}` : text('form.fault', { field: name, fault });
  });
  return faults.length > 0 ? faults.join('; ') : error.message;
}

function unreachable({ code }: ApiError): string {
  const words = text('load.unreachable', { host: window.location.host });
  return code === 'UNANSWERED' ? `${words} ${text('act.unanswered')}` : words;
}

/** What is wrong with one field, for the place beside it. */
export function fieldFault(error: Error | null, field: string): string | undefined {
  return error instanceof ApiError ? error.details[field] : undefined;
}

/** What went wrong, for the place beside the only field of a form. */
export function onlyFieldFault(error: Error | null, field: string): string | undefined {
  return fieldFault(error, field) ?? (error ? faultOf(error) : undefined);
}

/** Whether whoever is signed in may do what needs `scope`. */
export function useMay(scope: Scope): boolean {
  const { data: session } = useQuery(sessionQuery);
  return session !== undefined && session !== 'signed-out' && covers(session.scopes, scope);
}

/** The management API described for programs: OpenAPI 3.1, made from the calls themselves. */
import { leastRoleFor, needsPersonFor } from '../operators/may.ts';
import { operatorCookieName } from '../operators/operator-cookies.ts';
import { apiBase } from './api-routes.ts';
import { type Call, type CallGroup, callGroups } from './call.ts';
import { groupWords } from './call-words.ts';
import {
  answerName,
  bodyName,
  bodySchemas,
  fieldSchemas,
  type JsonSchema,
  type NamedSchemas,
  schemaBase,
} from './json-schemas.ts';
import { type PossibleProblem, possibleProblems } from './possible-problems.ts';

interface Options {
  readonly calls: readonly Call[];
  /** `https://host[:port]` */
  readonly consoleUrl: string;
}

export interface OpenApi {
  readonly openapi: '3.1.1';
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: NamedSchemas; readonly securitySchemes: unknown };
  readonly [part: string]: unknown;
}

export const openApi = ({ calls, consoleUrl }: Options): OpenApi => {
  const fields = calls.map(fieldsOf);
  return {
    openapi: '3.1.1',
    info: { title: 'Gatefold management API', version: 'v1', description: about },
    servers: [{ url: `${consoleUrl}${apiBase}` }],
    tags: callGroups.map((name) => ({ name, description: groupWords[name] })),
    paths: pathsOf(calls, fields),
    components: {
      schemas: Object.assign(
        { Problem: problemSchema },
        bodySchemas(calls),
        ...fields.map(({ beside }) => beside),
      ),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token: gfo_….' },
        signedIn: {
          type: 'apiKey',
          in: 'cookie',
          name: operatorCookieName(consoleUrl.startsWith('https:')),
          description: 'A browser that is signed in to the console, from the console’s own pages only.',
        },
      },
    },
  };
};

const about =
  'All that the publisher’s console does. Fields that a call doesn’t take are refused; answers may gain fields. Moments are ISO 8601; in decisions and their facts, milliseconds.';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly [CallGroup];
  readonly parameters: readonly Parameter[];
  readonly [part: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description?: string;
}

interface Fields {
  readonly parameters: readonly Parameter[];
  readonly beside: NamedSchemas;
}

const fieldsOf = (call: Call): Fields => {
  const path = fieldSchemas(`${call.id}Path`, call.params);
  const query = fieldSchemas(`${call.id}Query`, call.query);
  return {
    parameters: [
      ...Object.entries(path.fields).map(([name, schema]) => parameter(name, 'path', true, schema)),
      ...Object.entries(query.fields).map(([name, schema]) =>
        parameter(name, 'query', query.needed.includes(name), schema),
      ),
    ],
    beside: { ...path.beside, ...query.beside },
  };
};

const parameter = (
  name: string,
  place: Parameter['in'],
  required: boolean,
  { description, ...schema }: NamedSchemas[string],
): Parameter => ({
  name,
  in: place,
  required,
  schema,
  ...(description === undefined ? {} : { description }),
});

const pathsOf = (calls: readonly Call[], fields: readonly Fields[]): OpenApi['paths'] => {
  const paths: Record<string, Record<string, Operation>> = {};
  calls.forEach((call, place) => {
    const path = call.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [call.method]: operationOf(call, fields[place]?.parameters ?? []) };
  });
  return paths;
};

const operationOf = (call: Call, parameters: readonly Parameter[]): Operation => {
  const role = leastRoleFor(call.action);
  const person = needsPersonFor(call.action);
  return {
    operationId: call.id,
    tags: [call.group],
    summary: call.summary,
    description: `For: ${role}${person ? ', signed in; not by a token' : ''}.`,
    'x-gatefold-role': role,
    security: person ? [{ signedIn: [] }] : [{ token: [] }, { signedIn: [] }],
    parameters,
    ...(call.body ? { requestBody: { required: true, content: json(bodyName(call)) } } : {}),
    responses: { 200: success(call), ...refusalsOf(call) },
  };
};

const json = (name: string) => ({ 'application/json': { schema: { $ref: `${schemaBase}${name}` } } });

const success = (call: Call) => ({
  description: call.csv === undefined ? 'Done.' : 'The table.',
  content: call.csv === undefined ? json(answerName(call)) : { 'text/csv': { schema: { type: 'string' } } },
});

const refusalsOf = (call: Call): Readonly<Record<string, unknown>> => {
  const all = possibleProblems(call);
  const statuses = [...new Set(all.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => [String(status), refusalOf(all.filter((each) => each.status === status))]),
  );
};

const refusalOf = (all: readonly PossibleProblem[]) => ({
  description: all.map(({ code, detail }) => `\`${code}\`: ${detail}`).join('\n\n'),
  content: {
    'application/json': {
      schema: {
        allOf: [
          { $ref: `${schemaBase}Problem` },
          { properties: { error: { properties: { code: { enum: all.map(({ code }) => code) } } } } },
        ],
      },
    },
  },
});

/** Beside these two stands what the code needs: what is there now, what is missing. */
const problemSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'detail'],
      properties: {
        code: { type: 'string', description: 'Stays the same in every version' },
        detail: { type: 'string', description: 'What to do, in English' },
        faults: {
          type: 'array',
          description: 'With `request-invalid`: where in the request, and what is wrong there',
          items: { type: 'object' },
        },
        moreFaults: {
          type: 'integer',
          description: 'With `policy-faulty`: so many more there are, beside the hundred of `faults`',
        },
      },
    },
  },
};

import { z } from 'zod';
import { problemDefinition } from '../../data/results/serving.ts';
import { version } from '../../platform/version.ts';
import type { FeatureRule } from '../predicting/feature-rule.ts';
import type { Route } from '../routes/route.ts';
import { bodySchemas, type JsonSchema } from './json-schema.ts';

export interface Described {
  readonly model: string;
  readonly routes: readonly Route[];
  /** Of the version that answers; none while none does. */
  readonly rules: readonly FeatureRule[];
}

/** The addresses as OpenAPI 3.1: bodies by the rules that rows are read by, answers by the definitions that they are published with. */
export function openApiDocument({ model, routes, rules }: Described): JsonSchema {
  const paths = new Map<string, Record<string, JsonSchema>>();
  for (const route of routes) {
    const methods = paths.get(route.path) ?? {};
    methods[route.method.toLowerCase()] = operation(route, rules);
    paths.set(route.path, methods);
  }
  return {
    openapi: '3.1.1',
    info: { title: `${model}, served by mlops`, version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Problem: schemaOf(problemDefinition) },
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'mlops serve key NAME' } },
    },
  };
}

function operation(route: Route, rules: readonly FeatureRule[]): JsonSchema {
  const { path, method, summary, scope, body, takesCsv, answer, answerType = 'application/json' } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const content = answer === undefined ? {} : { schema: schemaOf(answer) };
  return {
    operationId: `${method} ${path}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_')
      .replace(/_$/, ''),
    summary,
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: bodySchemas[body](rules) },
          ...(takesCsv && { 'text/csv': { schema: { type: 'string' } } }),
        },
      },
    }),
    responses: {
      200: { description: 'Answered.', content: { [answerType]: content } },
      default: {
        description: 'A problem, as RFC 9457 has it.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    security: scope === 'open' ? [] : [{}, { key: [] }],
  };
}

function schemaOf(definition: z.ZodType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(definition);
  return schema;
}

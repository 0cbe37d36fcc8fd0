import { writeJson, writeText } from '../http/write-answer.ts';
import { openApiDocument } from '../openapi/document.ts';
import type { FeatureRule } from '../predicting/feature-rule.ts';
import type { Route } from './route.ts';

/** The addresses that describe `all` of them, themselves included. */
export function describingRoutes(all: () => readonly Route[]): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      scope: 'open',
      summary: 'What there is',
      handle: ({ workspace, champion }, { response }) =>
        writeJson(response, 200, {
          name: 'mlops',
          model: workspace.config.model.name,
          model_version: champion.current()?.version.version.toString() ?? null,
          addresses: all().map(({ method, path, summary }) => ({ method, path, summary })),
        }),
    },
    {
      method: 'GET',
      path: '/openapi.json',
      scope: 'open',
      summary: 'The addresses as OpenAPI 3.1',
      handle: ({ workspace, champion }, { response }) => {
        const rules = champion.current()?.rules ?? [];
        writeJson(
          response,
          200,
          openApiDocument({ model: workspace.config.model.name, routes: all(), rules }),
        );
      },
    },
    {
      method: 'GET',
      path: '/docs',
      scope: 'open',
      summary: 'The addresses as a page',
      answerType: 'text/html',
      handle: async ({ workspace, champion }, { response }) => {
        const { renderApiPage } = await import('../../report/api-page.tsx');
        const model = champion.current();
        const html = renderApiPage({
          model: workspace.config.model.name,
          version: model === undefined ? null : String(model.version.version),
          addresses: all(),
          features: (model?.rules ?? []).map((rule) => ({
            name: rule.name,
            type: rule.type,
            mayBeMissing: !rule.required,
            limits: limitsOf(rule),
            description: rule.description ?? '',
          })),
        });
        writeText(response, 200, 'text/html; charset=utf-8', html);
      },
    },
  ];
}

function limitsOf({ minimum, maximum, allowed }: FeatureRule): string {
  if (allowed !== undefined) return [...allowed].join(', ');
  if (minimum === undefined && maximum === undefined) return '';
  return `${minimum ?? '−∞'} to ${maximum ?? '∞'}`;
}

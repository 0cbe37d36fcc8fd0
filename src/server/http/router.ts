import type { Route } from '../routes/route.ts';
import { Problem } from './problem.ts';

export interface Found {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

const noParameters = {};

/** @throws Problem 404 when nothing is at that path, 405 when it takes other methods */
export type Router = (method: string, path: string) => Found;

export function router(routes: readonly Route[]): Router {
  const fixed = new Map<string, Found>();
  const patterns = routes.flatMap((route) => {
    if (!route.path.includes('{')) {
      fixed.set(`${route.method} ${route.path}`, { route, parameters: noParameters });
      return [];
    }
    const source = route.path.replaceAll('.', '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
    return [{ route, pattern: new RegExp(`^${source}$`) }];
  });
  const matching = (path: string) => [
    ...routes.filter((route) => route.path === path).map((route) => ({ route, parameters: noParameters })),
    ...patterns.flatMap(({ route, pattern }) => {
      const groups = pattern.exec(path)?.groups;
      return groups === undefined ? [] : [{ route, parameters: decoded(groups) }];
    }),
  ];
  return (method, path) => {
    const known = fixed.get(`${method} ${path}`);
    if (known !== undefined) return known;
    const found = matching(path);
    const wanted = method === 'HEAD' ? 'GET' : method;
    const fit = found.find(({ route }) => route.method === wanted);
    if (fit !== undefined) return fit;
    if (found.length === 0)
      throw new Problem(404, { detail: `nothing is at ${path}; GET / lists what there is` });
    const allow = [...new Set(found.map(({ route }) => route.method))].join(', ');
    throw new Problem(405, { detail: `${path} takes ${allow}`, headers: { allow } });
  };
}

/** @throws Problem 400 when a part of the path is not encoded as URIs are */
function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    throw new Problem(400, { detail: 'the path is not encoded as addresses are' });
  }
}

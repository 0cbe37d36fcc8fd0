import { page } from './page.tsx';
import { TableScroll } from './table-scroll.tsx';

export interface ApiPageSubject {
  readonly model: string;
  /** Null while none answers. */
  readonly version: string | null;
  readonly addresses: readonly {
    readonly method: string;
    readonly path: string;
    readonly scope: string;
    readonly summary: string;
  }[];
  readonly features: readonly {
    readonly name: string;
    readonly type: string;
    readonly mayBeMissing: boolean;
    readonly limits: string;
    readonly description: string;
  }[];
}

/** The addresses of a server and the features of its model, as one HTML file. */
export function renderApiPage({ model, version, addresses, features }: ApiPageSubject): string {
  return page(
    `${model}: addresses`,
    <>
      <header>
        <p class="kicker">mlops serve</p>
        <h1>
          <bdi>{model}</bdi>
        </h1>
        <p class="lead">
          {version === null ? 'No version is in Production yet.' : `Version ${version} answers.`}{' '}
          <a href="/openapi.json">The same as OpenAPI 3.1</a>
        </p>
      </header>
      <main>
        <h2>Addresses</h2>
        <div class="words">
          <TableScroll
            caption="A key is needed where keys are configured, except at those that are open."
            columns={['Address', 'Key for', 'What it does']}
            rows={addresses.map(({ method, path, scope, summary }) => ({
              head: `${method} ${path}`,
              cells: [scope, summary],
            }))}
          />
        </div>
        <h2>Features of a row</h2>
        <div class="words">
          <TableScroll
            caption="Every feature by its name; null where its value is missing and may be."
            columns={['Feature', 'Type', 'May be missing', 'Limits', 'Meaning']}
            rows={features.map(({ name, type, mayBeMissing, limits, description }) => ({
              head: name,
              cells: [type, mayBeMissing ? 'yes' : 'no', limits, description],
            }))}
          />
        </div>
      </main>
    </>,
  );
}

import type { ServeStarted } from '../data/results/serve.ts';
import type { Register } from './command.ts';
import { requireChoice, requirePort } from './option-values.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly insecure?: boolean;
}

export const registerServe: Register = (program, open) => {
  const command = program
    .command('serve')
    .description(
      'Answer predictions over HTTP with the version in Production, and keep each one in the store.',
    )
    .option('--host <address>', 'where to listen; by default serve.host of mlops.yaml, 127.0.0.1')
    .option('--port <number>', 'by default serve.port of mlops.yaml, 8000; 0 takes one that is free')
    .option('--insecure', 'listen where other machines reach it though serve.keys names none')
    .addHelpText('after', examples)
    .action(async (options: ServeOptions, own) => {
      const session = open(own);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { serve } = await import('../server/serve.ts');
      const { model } = openWorkspace(session.folder).config;
      const port = options.port === undefined ? undefined : requirePort('--port', options.port);
      await serve(
        session.folder,
        { host: options.host, port, insecure: options.insecure === true },
        {
          clock: session.clock,
          signal: session.signal,
          say: session.say,
          started: ({ address, version }, reload) => {
            process.on('SIGHUP', reload);
            const model_version = version === null ? null : String(version);
            const result: ServeStarted = { address, pid: process.pid, model: model.name, model_version };
            const answering =
              version === null ? 'no version is in Production yet' : `version ${version} answers`;
            session.result(result, () => `${model.name} at ${address}: ${answering}`);
          },
        },
      );
    });
  command
    .command('key <name>')
    .description('Make a key for serve.keys of mlops.yaml: printed once, of which only the hash is kept.')
    .option('--scopes <names>', 'by comma: read, predict, label, admin (all of them)', 'read,predict')
    .addHelpText('after', keyExamples)
    .action(async (name: string, options: { readonly scopes: string }, subcommand) => {
      const session = open(subcommand);
      const { newKey } = await import('../server/access/new-key.ts');
      const { serveScopes } = await import('../workspace/serve.ts');
      const scopes = options.scopes
        .split(',')
        .map((each) => requireChoice('--scopes', each.trim(), serveScopes));
      const { key, entry } = newKey(name, scopes);
      const line = `- { name: ${JSON.stringify(name)}, sha256: ${entry.sha256}, scopes: [${scopes.join(', ')}] }`;
      session.result(
        { key, ...entry },
        () => `${key}\n\nUnder serve.keys of mlops.yaml, then SIGHUP to a running serve:\n  ${line}`,
      );
    });
};

const examples = `
It runs until Ctrl-C or SIGTERM, then finishes what it was asked; a second one ends it at once.
SIGHUP reads mlops.yaml and the schema again. A promote or rollback takes effect within a second,
without a restart. Clients of the Open Inference Protocol V2 and of MLflow need no change; /docs
lists every address.

Examples:
  $ mlops serve
  $ mlops serve --port 9000 --json
  $ curl http://127.0.0.1:8000/health
  $ curl http://127.0.0.1:8000/monitoring/stats | jq
  $ curl http://127.0.0.1:8000/predict -H 'content-type: application/json' -d '{"age": 44, …}'
  $ curl http://127.0.0.1:8000/predict/batch -H 'content-type: text/csv' --data-binary @rows.csv

EXIT STATUS
  0 stopped as asked · 64 usage · 66 no store yet · 69 the port is taken · 74 no such address
  75 store in use, try again · 78 no workspace`;

const keyExamples = `
Examples:
  $ mlops serve key shop
  $ mlops serve key collections --scopes label
  $ curl -H 'authorization: Bearer mlops_…' http://10.0.0.5:8000/model/info

EXIT STATUS
  0 made · 64 usage`;

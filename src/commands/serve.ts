import type { ServeStarted } from '../data/results/serve.ts';
import type { Register } from './command.ts';
import { requirePort } from './option-values.ts';

interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
}

export const registerServe: Register = (program, open) => {
  program
    .command('serve')
    .description(
      'Answer predictions over HTTP with the version in Production, and keep each one in the store.',
    )
    .option('--host <address>', 'where to listen; by default serve.host of mlops.yaml, 127.0.0.1')
    .option('--port <number>', 'by default serve.port of mlops.yaml, 8000; 0 takes one that is free')
    .addHelpText('after', examples)
    .action(async (options: ServeOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { serve } = await import('../server/serve.ts');
      const { model } = openWorkspace(session.folder).config;
      await serve(
        session.folder,
        {
          host: options.host,
          port: options.port === undefined ? undefined : requirePort('--port', options.port),
        },
        {
          clock: session.clock,
          signal: session.signal,
          say: session.say,
          started: (address, version) => {
            const result: ServeStarted = {
              address,
              pid: process.pid,
              model: model.name,
              model_version: version === null ? null : String(version),
            };
            const answering =
              version === null ? 'no version is in Production yet' : `version ${version} answers`;
            session.result(result, () => `${model.name} at ${address}: ${answering}`);
          },
        },
      );
    });
};

const examples = `
It runs until Ctrl-C or SIGTERM, then finishes what it was asked; a second one ends it at once.
A promote or rollback takes effect within a second, without a restart.

Examples:
  $ mlops serve
  $ mlops serve --port 9000 --json
  $ curl http://127.0.0.1:8000/health
  $ curl http://127.0.0.1:8000/monitoring/stats | jq
  $ curl http://127.0.0.1:8000/predict -H 'content-type: application/json' -d '{"age": 44, …}'

EXIT STATUS
  0 stopped as asked · 64 usage · 66 no store yet · 69 the port is taken · 74 no such address
  75 store in use, try again · 78 no workspace`;

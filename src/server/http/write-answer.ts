import type { ServerResponse } from 'node:http';
import type { Problem } from './problem.ts';

const always = ['X-Content-Type-Options', 'nosniff', 'Cache-Control', 'no-store'];

/** Answers with a text or bytes; a connection that is gone already is left alone. */
export function writeText(
  response: ServerResponse,
  status: number,
  type: string,
  text: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const all = ['Content-Type', type, 'Content-Length', String(Buffer.byteLength(text)), ...always];
  for (const [name, value] of Object.entries(headers)) all.push(name, value);
  response.writeHead(status, all);
  response.end(text);
}

export function writeJson(response: ServerResponse, status: number, value: unknown): void {
  writeText(response, status, 'application/json', JSON.stringify(value));
}

export function writeProblem(response: ServerResponse, problem: Problem): void {
  writeText(response, problem.status, 'application/problem+json', problem.body(), problem.headers);
}

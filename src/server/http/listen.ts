import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { InputOutputError, systemErrorCode, UnavailableError } from '../../platform/errors.ts';
import { Problem } from './problem.ts';

export interface Listening {
  /** `http://127.0.0.1:8000`, with the port that was taken. */
  readonly address: string;
  /** Takes no more connections and lets open requests finish; after `limitMs` those left are cut off. */
  close(limitMs: number): Promise<void>;
}

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  /** Within which a request must have come whole, milliseconds. */
  readonly requestLimitMs: number;
  /** Told of a request that could not be read. */
  readonly malformed: (status: number) => void;
}

const headersLimitMs = 10_000;
const headerBytes = 16_384;
/** Longer than the minute after which load balancers close an idle connection, so that they, not we, close it. */
const keepAliveMs = 65_000;

/** @throws UnavailableError when the port is taken, InputOutputError when the address cannot be used */
export async function listen(handle: RequestListener, settings: ListenSettings): Promise<Listening> {
  const { host, port, requestLimitMs, malformed } = settings;
  const server = createServer(
    {
      headersTimeout: Math.min(headersLimitMs, requestLimitMs),
      requestTimeout: requestLimitMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: headerBytes,
      noDelay: true,
    },
    handle,
  );
  server.on('clientError', (error, socket) => {
    const problem = problemOfClient(systemErrorCode(error));
    malformed(problem.status);
    refuse(socket, problem);
  });
  await bind(server, host, port);
  const bound = addressOf(server);
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${bound?.port ?? port}`,
    close: (limitMs) => closeServer(server, limitMs),
  };
}

function addressOf(server: Server): AddressInfo | undefined {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address : undefined;
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (systemErrorCode(error) === 'EADDRINUSE') {
        reject(
          new UnavailableError(`${host}:${port} is taken`, {
            why: 'another program listens there',
            remedy: `see which: mlops diagnose, or take another: --port ${port + 1}`,
          }),
        );
      } else {
        const remedy = 'name an address of this machine: --host 127.0.0.1';
        reject(new InputOutputError(`${host}:${port} cannot be listened on`, { why: error.message, remedy }));
      }
    });
    server.listen({ host, port, backlog: 1024 }, resolve);
  });
}

function problemOfClient(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem(431, { detail: 'the headers are too long' });
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new Problem(408, { detail: 'the request did not come in time' });
  return new Problem(400, { detail: 'this is no HTTP request' });
}

/** There is no response to write to yet: the parser gave up before. */
function refuse(socket: Socket | NodeJS.WritableStream, problem: Problem): void {
  if (!socket.writable) return;
  const body = problem.body();
  socket.end(
    `HTTP/1.1 ${problem.status} ${JSON.parse(body).title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

async function closeServer(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that becomes idle only now, after its last answer, would otherwise stay for its keep-alive time.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

import { connect } from 'node:net';
import { systemErrorCode } from '../../platform/errors.ts';
import { figure } from '../../report/figures.ts';
import type { TcpService } from '../../workspace/index.ts';
import type { Finding } from '../check.ts';
import { refusalInWords, silentFinding, timedFinding } from './service-finding.ts';

/** Something accepts connections there, soon enough. */
export async function examineTcp(service: TcpService, signal: AbortSignal): Promise<Finding> {
  const started = performance.now();
  const refused = await connectOnce(service, signal);
  if (refused !== undefined) return silentFinding(service, `${service.tcp}: ${refused}`);
  return timedFinding(service, `${service.tcp} accepted a connection`, performance.now() - started);
}

/** Host without brackets, and port. */
export function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return {
    host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'),
    port: Number(address.slice(colon + 1)),
  };
}

/** Undefined when the connection was made, else why not. */
async function connectOnce(
  { tcp, timeout_ms }: TcpService,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = Promise.withResolvers<string | undefined>();
  const socket = connect(hostAndPort(tcp));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout_ms)]);
  const giveUp = () => answer.resolve(`no answer within ${figure(timeout_ms)} ms`);
  limit.addEventListener('abort', giveUp);
  socket.once('connect', () => answer.resolve(undefined));
  socket.once('error', (error) => answer.resolve(refusalInWords(systemErrorCode(error)) ?? error.message));
  try {
    return await answer.promise;
  } finally {
    limit.removeEventListener('abort', giveUp);
    socket.destroy();
  }
}

import { spawn } from 'node:child_process';
import type { ChannelOf } from '../../workspace/index.ts';
import type { OutgoingMessage } from '../notifications/notification.ts';
import type { Delivery, Send, SendContext } from './channel.ts';

/**
 * Any command: the message as one line of JSON on standard input, its key in MLOPS_MESSAGE_KEY too. Exit 0 is taken. What it
 * prints is not kept, because it may tell secrets. When its time is over, it and all it started are killed.
 */
export const sendByCommand: Send<ChannelOf<'command'>> = ({ command }, message, context) => {
  const { promise, resolve } = Promise.withResolvers<Delivery>();
  if (context.signal.aborted) return Promise.resolve(outOfTime);
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: context.root,
    // A group of its own, so that all of it can be ended.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, MLOPS_MESSAGE_KEY: message.key },
  });
  const end = () => killGroup(child.pid);
  context.signal.addEventListener('abort', end, { once: true });
  child.on('error', (error) => resolve({ kind: 'retry', why: `it cannot be started: ${error.message}` }));
  child.on('close', (code, signal) => {
    context.signal.removeEventListener('abort', end);
    resolve(judgeExit(code, signal, context));
  });
  // A command that does not read its input is judged by its exit alone.
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${JSON.stringify(inputOf(message))}\n`);
  return promise;
};

const outOfTime: Delivery = { kind: 'retry', why: 'it did not end within its time' };

function inputOf({ key, subject, notification }: OutgoingMessage) {
  return { key, subject, ...notification };
}

function judgeExit(code: number | null, signal: NodeJS.Signals | null, context: SendContext): Delivery {
  if (code === 0) return { kind: 'sent' };
  if (context.signal.aborted) return outOfTime;
  return {
    kind: 'retry',
    why: code === null ? `it was ended by ${signal}` : `it ended with exit code ${code}`,
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

import { readdirSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { commandLine, processIds, processStat, readProc } from '../../platform/processes.ts';

export interface PortHolder {
  /** Null where the process is another user's, which hides what it has open. */
  readonly pid: number | null;
  /** Its words, bounded; empty where it is hidden. */
  readonly command: string;
}

const listening = '0A';
const longestCommand = 200;

/** Who listens on a TCP port of this machine, as /proc tells it; a socket that several processes share names each. */
export function portHolders(port: number): readonly PortHolder[] {
  const inodes = new Set([...socketsOn(port, 'net/tcp'), ...socketsOn(port, 'net/tcp6')]);
  if (inodes.size === 0) return [];
  const found = processIds().filter((pid) => openSockets(pid).some((inode) => inodes.has(inode)));
  if (found.length === 0) return [{ pid: null, command: '' }];
  return found.map((pid) => ({ pid, command: commandText(pid) }));
}

function commandText(pid: number): string {
  const words = commandLine(pid);
  const text = words.length > 0 ? words.join(' ') : (processStat(pid)?.name ?? '');
  return text.slice(0, longestCommand);
}

function socketsOn(port: number, table: string): readonly string[] {
  const [, ...rows] = readProc(table)?.trim().split('\n') ?? [];
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => state === listening && parseInt(local?.split(':')[1] ?? '', 16) === port)
    .map((fields) => fields[9] ?? '');
}

function openSockets(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return entriesOf(folder)
    .map((name) => /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`))?.[1])
    .filter((inode) => inode !== undefined);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** True when that host is this machine, whose ports and processes can be looked at. */
export function isThisMachine(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (/^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1?)$/.test(name) || name === hostname().toLowerCase())
    return true;
  return Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === name));
}

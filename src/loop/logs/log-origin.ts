import { resolve } from 'node:path';
import { NoInputError } from '../../platform/errors.ts';
import {
  type ContainerService,
  commandLogPath,
  logSource,
  type ServiceConfiguration,
  type Workspace,
} from '../../workspace/index.ts';

/** Where the log of this program or of a service comes from. */
export type LogOrigin = { readonly name: string; readonly limitMs: number } & (
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'journald'; readonly unit: string }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'container'; readonly container: string; readonly engine: ContainerService['engine'] }
);

export const ownLog = 'mlops';
/** A file that is read takes no time to speak of. */
const noLimit = 0;

/**
 * Our own log and those of the services that name one; a container without `logs` is asked through its engine.
 * @param service only this one's: the name of a service, or `mlops`
 * @throws NoInputError when there is no such service, or it names no log
 */
export function logOrigins({ root, config }: Workspace, service?: string): readonly LogOrigin[] {
  const own: LogOrigin = { name: ownLog, kind: 'file', path: commandLogPath(root), limitMs: noLimit };
  const others = config.services.map((each) => originOf(each, root)).filter((each) => each !== undefined);
  if (service === undefined) return [own, ...others];
  if (service === ownLog) return [own];
  const { name } = requireService(config.services, service);
  const origin = others.find((each) => each.name === name);
  if (origin !== undefined) return [origin];
  throw new NoInputError(`the service ${name} names no log`, {
    remedy: `add logs to it in mlops.yaml: a file's path, journald:UNIT, or a command that prints it`,
  });
}

/** By its name, in whatever case. @throws NoInputError naming the services there are */
export function requireService(
  services: readonly ServiceConfiguration[],
  wanted: string,
): ServiceConfiguration {
  const found =
    services.find((each) => each.name === wanted) ??
    services.find((each) => each.name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw new NoInputError(`there is no service '${wanted}'`, {
    why:
      services.length === 0
        ? 'mlops.yaml names no services'
        : `the services are ${services.map((each) => each.name).join(', ')}`,
    remedy: services.length === 0 ? 'add it under services in mlops.yaml' : 'name one of these',
  });
}

function originOf(service: ServiceConfiguration, root: string): LogOrigin | undefined {
  const common = { name: service.name, limitMs: service.timeout_ms };
  if (service.logs !== undefined) {
    const source = logSource(service.logs);
    return source.kind === 'file'
      ? { ...common, ...source, path: resolve(root, source.path) }
      : { ...common, ...source };
  }
  if (!('container' in service)) return undefined;
  return { ...common, kind: 'container', container: service.container, engine: service.engine };
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Opens a file with $BROWSER, or xdg-open where there is a screen. @returns false where there is neither */
export function openInBrowser(path: string, environment: NodeJS.ProcessEnv): boolean {
  const program = environment.BROWSER || desktopOpener(environment);
  if (program === undefined) return false;
  const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
  return child.pid !== undefined;
}

function desktopOpener(environment: NodeJS.ProcessEnv): string | undefined {
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) return undefined;
  return (environment.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'xdg-open'))
    .find((each) => existsSync(each));
}

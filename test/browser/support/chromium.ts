import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { debianHost } from '../../../src/adapters/debian/debian-host.ts';
import { installPackages } from '../../../src/adapters/debian/install-packages.ts';
import { stateFolder } from '../../../src/adapters/state-folder.ts';
import { quietProgress } from '../../support/quiet-progress.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'Google Chrome'];
/** Where macOS has programs that are on no path. */
const MAC_FOLDER = '/Applications/Google Chrome.app/Contents/MacOS';

/** As root a browser has no sandbox; the rest keeps it from talking to anybody. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of this machine, installed where root may install Debian's; or why there is none. */
export async function findChromium(): Promise<{ readonly path: string } | { readonly missing: string }> {
  const found = chromiumOnPath();
  if (found !== undefined) return { path: found };
  const { isDebian, isRoot } = await debianHost();
  if (!isDebian || !isRoot) {
    return { missing: `no ${NAMES.join(', ')} on this machine, and only root can install Debian's` };
  }
  const state = stateFolder({ NETPROOF_HOME: mkdtempSync(join(tmpdir(), 'netproof-chromium-')) });
  try {
    await installPackages(['chromium'], { state, progress: quietProgress(), signal: AbortSignal.timeout(300_000) });
  } catch (error) {
    return { missing: `Debian's chromium could not be installed: ${String(error)}` };
  }
  const path = chromiumOnPath();
  return path === undefined ? { missing: "Debian's chromium package has no program chromium" } : { path };
}

/** Starts a browser without a window, with an empty profile of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: FLAGS });
}

function chromiumOnPath(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), MAC_FOLDER];
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

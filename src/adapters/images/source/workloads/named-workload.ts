import type { ImageProvenance } from '../../../../core/result/result.ts';
import { type BuildContext, runDocker } from '../steps/build-step.ts';
import type { WorkloadBuild } from './workload-builds.ts';

/**
 * The published image where a found engine has it already: it is taken then, and its name is not given to another.
 * netproof's own engine has only what netproof made.
 */
export const presentWorkload = async (context: BuildContext, name: string): Promise<ImageProvenance | undefined> => {
  if (context.engine.kind === 'private') return undefined;
  const format = '{{join .RepoTags " "}};{{join .RepoDigests " "}};{{.Id}}';
  const { stdout } = await runDocker(context, 'tag', ['image', 'inspect', '--format', format, name]).catch(() => {
    context.signal.throwIfAborted();
    return { stdout: '' };
  });
  const [tags = '', digests = '', id = ''] = stdout.trim().split(';');
  if (id === '' || tags.includes('netproof/')) return undefined;
  return { name, provenance: `engine ${digests.split(' ')[0] || id}` };
};

/** Gives a stand-in that is built the published name. */
export const nameWorkload = async (context: BuildContext, build: WorkloadBuild): Promise<ImageProvenance> => {
  await runDocker(context, 'tag', ['tag', build.step.image, build.name]);
  return { name: build.name, provenance: `source ${build.source} recipe ${build.step.key}` };
};
